/** Who somebody is, and what they do with customers: identity, captcha, CRM, support, HR, documents, planning. */
export const people = `
affinity-key | Affinity | affinity_api affinity_crm affinity.co !affinity | affinity.co, Settings, API: revoke it | api-docs.affinity.co
 API key | {b43}
agilecrm-key | Agile CRM | agilecrm agile_crm | agilecrm.com, Admin settings, Developers: reset it | github.com/agilecrm/rest-api
 API key | {l24-30}
aha-key | Aha! | aha_api aha_token aha.io aha_key aha_secret | secure.aha.io/settings/api_keys: revoke it | www.aha.io/api
 API key | {h64}
airtable-token | Airtable | airtable | airtable.com/create/tokens: delete it | github.com/Airtable/airtable.js/blob/master/README.md | read
 legacy API key | key{a14} | near
apollo-key | Apollo | apollo_io apollo_api apollo_key apolloio !apollo apollo.io | app.apollo.io/#/settings/integrations/api: delete it | docs.apollo.io/docs/create-api-key
 API key | {b22} {b20-24}
 GraphOS key | {service/user}:{b4-60}:{b22} | near
appcues-key | Appcues | appcues | studio.appcues.com/settings/keys: revoke it | docs.appcues.com
 API secret | {uuid}
asana-token | Asana | asana | app.asana.com/0/my-apps: revoke it | developers.asana.com/docs/personal-access-token
 personal access token | {d1}/{d13-17}:{h32} {d1}/{d13-17}/{d13-17}:{h32} | near read
 client secret | {h32} {a32}
ashby-key | Ashby | ashby | app.ashbyhq.com/admin/api/keys: revoke it | developers.ashbyhq.com
 API key | {h64}
atlassian-token | Atlassian | atlassian jira confluence jira_api bitbucket | id.atlassian.com/manage-profile/security/api-tokens: revoke it | support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
 API token | {a24} {b20} | near e3.3 read
 server personal access token | {M/N/O}{D/T/j/z}{s42} {s44} | near critical
attio-key | Attio | attio | app.attio.com, Developers: delete it | docs.attio.com/rest-api/guides/authentication | read
 API key | {h64}
auth0-secret | Auth0 | auth0 | manage.auth0.com, Applications: rotate the secret | github.com/auth0/terraform-provider-auth0/blob/main/docs/index.md | read
 client secret | {b64} | critical
 management token | eyJ{b20-120}.eyJ{b60-900}.{b300-360} | near critical
authress-key | Authress | authress | authress.io/app, Service clients: delete the key | authress.io/knowledge-base/docs/
 access key | {sc/ext/scauth/authress}_{l5-30}.{l4-6}.acc{-/_}{l10-32}.{s30-120}{=} | sure
autodesk-secret | Autodesk | autodesk forge_client aps_client | aps.autodesk.com/myapps: regenerate it | aps.autodesk.com/en/docs/oauth/v2/overview/
 client secret | {a16} {a64} | e3
bamboohr-key | BambooHR | bamboo+hr | BambooHR, API keys: delete it | documentation.bamboohr.com/docs/getting-started
 API key | {h40}
bitly-token | Bitly | bitly bit.ly bit_ly | app.bitly.com/settings/api: revoke it | dev.bitly.com/docs/getting-started/authentication/
 access token | {h40}
 legacy API key | R_{h32} | near
box-token | Box | !box box_client box_api box_developer box_access box.com boxsdk box_secret | app.box.com/developers/console: reset it | developer.box.com/guides/authentication/tokens/api-calls/ | read
 client secret or developer token | {a32}
calendly-key | Calendly | calendly | calendly.com/integrations/api_webhooks: revoke it | developer.calendly.com/api-docs/calendly-o-auth/o-auth/post-oauth-refresh-token.md
 personal access token | eyJ{b20-120}.eyJ{b60-500}.{b80-90} | near
 client secret | {b43} | read
canny-key | Canny | canny_api canny_key canny.io cannyio !canny | canny.io/admin/settings/api: reset it | developers.canny.io/api-reference
 API key | {uuid} {h8}-{h4}-{h4}-{h4}-{h12}
canva-secret | Canva | canva | canva.com/developers/integrations: regenerate it | www.canva.dev/docs/connect/authentication/
 client secret | cnvca{b50-60} | sure
capsulecrm-token | Capsule | capsulecrm capsule_crm capsule_api capsule_token | capsulecrm.com, API authentication tokens: delete it | developer.capsulecrm.com/v2/overview/authentication
 API token | {s64}{=} {s60-70}
chatwoot-token | Chatwoot | chatwoot | Chatwoot, Profile settings: reset it | github.com/chatwoot/chatwoot/blob/develop/app/models/access_token.rb | read
 access token | {a24}
clerk-key | Clerk | clerk | dashboard.clerk.com, API keys: delete it | github.com/clerk/clerk-nextjs-app-quickstart/blob/main/README.md
 secret key | sk_live_{a40-50} | near critical read
 test secret key | sk_test_{a40-50} | near low read
 webhook secret | whsec_{s32}{=} | near
clickup-token | ClickUp | clickup click_up | app.clickup.com/settings/apps: regenerate it | developer.clickup.com/docs/authentication
 client secret | {u64}
clockify-key | Clockify | clockify | app.clockify.me/user/settings: regenerate it | docs.clockify.me
 API key | {s48} {b48} | near
close-key | Close | close_api closecrm close_crm close.com closeio close_crm_api api.close.com | app.close.com/settings/api: delete it | developer.close.com/api/overview/api-key-authentication | read
 API key | api_{a22}.{a22}
coda-token | Coda | coda_api coda_token coda.io !coda | coda.io/account: delete it | coda.io/developers/apis/v1
 API token | {uuid}
copper-key | Copper | copper_api copper_crm prosperworks !copper copper.com | app.copper.com, Integrations, API keys: delete it | developer.copper.com
 API key | {h32}
deel-token | Deel | deel_api deel_token letsdeel !deel deel.com | app.deel.com/developer-center: delete it | developer.deel.com/docs/api-tokens-1
 API token | {b60-120} {uuid}
descope-key | Descope | descope | app.descope.com/settings/company/managementkeys: delete it | github.com/descope/terraform-provider-descope/blob/main/docs/index.md | read
 management key | K{a40-160} | near critical
disqus-key | Disqus | disqus | disqus.com/api/applications: reset it | github.com/disqus/disqus-python/blob/master/README.rst | read
 API secret or key | {a64}
docusign-secret | Docusign | docu+sign | admindemo.docusign.com/apps-and-keys: delete it | developers.docusign.com/platform/configuring-app | read
 secret or integration key | {uuid}
documo-key | Documo | documo | documo.com, API keys: delete it | docs.documo.com
 API key | eyJ{b20-80}.eyJ{b60-400}.{b43} | near
duo-secret | Duo | duo_skey duo_secret duo_integration duo_security duo_api !duo duosecurity duo.com duo_ikey | admin.duosecurity.com, Applications: reset the secret key | github.com/duosecurity/duo_java/blob/master/DuoWeb/src/main/java/com/duosecurity/duoweb/DuoWeb.java | read
 secret key | {a40} | critical
 integration key | D{u19} | near medium
envoy-key | Envoy | envoy_api_key envoy_client envoy_token envoy.com | dashboard.envoy.com: delete it | developers.envoy.com
 API key | {l40-64} {uuid}
freshbooks-token | FreshBooks | freshbooks | my.freshbooks.com/#/developer: reset it | github.com/freshbooks/freshbooks-nodejs-sdk/blob/main/README.md | read
 client secret or token | {h64}
freshdesk-key | Freshdesk | freshdesk freshservice freshworks freshsales freshchat | Freshdesk, Profile settings: reset the API key | support.freshdesk.com/en/support/solutions/articles/50000003346-api-key-based-authentication | read
 API key | {a20} {b22}
fusionauth-key | FusionAuth | fusionauth fusion_auth | FusionAuth, Settings, API keys: delete it | github.com/FusionAuth/terraform-provider-fusionauth/blob/main/docs/index.md | read
 API key | {b40-64} {uuid} | critical
greenhouse-key | Greenhouse | greenhouse | app.greenhouse.io/configure/dev_center: revoke it | developers.greenhouse.io/harvest.html#authentication
 API key | {h32}-{d1-3} {h39-41}-{d1-3} {h32}-{a2}
guru-token | Guru | guru_token guru_api getguru !guru | app.getguru.com/settings/api-access: revoke it | developer.getguru.com
 user token | {uuid}
gusto-token | Gusto | gusto | dev.gusto.com: regenerate it | docs.gusto.com
 API token or secret | {b43}
harvest-token | Harvest | harvest_token harvest_access harvestapp harvest_api !harvest | id.getharvest.com/developers: delete it | help.getharvest.com/api-v2/authentication-api/authentication/authentication/
 personal access token | {d4-9}.pt.{b80-90} {b97} | near
hcaptcha-secret | hCaptcha | hcaptcha h_captcha | dashboard.hcaptcha.com/settings: regenerate it | docs.hcaptcha.com
 secret | ES_{h32} | sure
 legacy secret | 0x{x40} | near
helpscout-secret | Help Scout | help+scout | secure.helpscout.net/apps: regenerate it | developer.helpscout.com/mailbox-api/overview/authentication/
 app secret or key | {a32} {h40}
hubspot-token | HubSpot | hubspot hub_spot hapikey | app.hubspot.com, Settings, Integrations: rotate it | developers.hubspot.com/docs/guides/apps/private-apps/overview
 API key or client secret | {uuid}
 personal access key | C{s240-320}{=} | near
hunter-key | Hunter | hunter_api hunter_key hunter.io hunterio !hunter | hunter.io/api-keys: delete it | hunter.io/api-documentation/v2
 API key | {h40}
insightly-key | Insightly | insightly | crm.insightly.com/users/usersettings: reset it | api.insightly.com/v3.1/
 API key | {uuid}
intercom-token | Intercom | intercom | app.intercom.com/a/apps/_/developer-hub: regenerate it | developers.intercom.com/docs/build-an-integration/learn-more/authentication/
 access token | dG9r{s55-56}{=} | sure read
 identity verification secret | {b40} {b43}
jotform-key | Jotform | jotform jot_form | jotform.com/myaccount/api: delete it | api.jotform.com/docs/
 API key | {h32}
jumpcloud-key | JumpCloud | jumpcloud jcapikey | console.jumpcloud.com, My API key: regenerate it | www.powershellgallery.com/packages/JumpCloud/1.12.0/Content/Public%5CAuthentication%5CConnect-JCOnline.ps1 | read
 API key | {h40} jca_{a36} | near critical
keygen-token | Keygen | keygen_token keygen_sh keygen.sh keygen_account keygen_product !keygen | app.keygen.sh: revoke it | github.com/keygen-sh/keygen-cli/blob/main/README.md | read
 token | {admin/prod/user/activ/env}-{h64}v3 {admin/prod/user/activ}-{h60-140}v{d1} | near
keycloak-secret | Keycloak | keycloak | Keycloak, Clients, Credentials: regenerate it | github.com/keycloak/keycloak/blob/main/common/src/main/java/org/keycloak/common/util/SecretGenerator.java
 client secret | {a32} | critical read
 client secret of the old form | {uuid} | critical
kustomer-key | Kustomer | kustomer | Kustomer, Security, API keys: delete it | developer.kustomer.com
 API key | eyJ{b20-80}.eyJ{b60-400}.{b43} | near
lever-key | Lever | lever_api lever_key lever.co !lever | hire.lever.co/settings/integrations: deactivate it | hire.lever.co/developer/documentation
 API key | {s64}{=} {a40-64}
linear-token | Linear | linear_api linear_key linear_webhook linear.app linear_token linear_secret linear_client linear_access | linear.app/settings/api: revoke it | linear.app/developers/graphql
 webhook or client secret | lin_wh_{a43} | sure
 client secret | {h32}
logto-secret | Logto | logto | cloud.logto.io, Applications: regenerate it | github.com/logto-io/logto/blob/master/packages/shared/src/utils/id.ts | read
 app secret | {a32}
loginradius-secret | LoginRadius | login+radius | adminconsole.loginradius.com: reset it | www.loginradius.com/docs/api/v2/getting-started/introduction/
 API secret or key | {uuid}
mattermost-token | Mattermost | mattermost | Mattermost, Profile, Security: delete it | github.com/mattermost/mattermost/blob/master/server/public/model/user_access_token.go | read
 access token | {l26}
miro-token | Miro | miro_token miro_access miro_api miro_client !miro miro.com | miro.com/app/settings, Your apps: reset it | developers.miro.com/docs/rest-api-reference-guide
 access token | eyJ{b15-80}_{b27} {b27} | near
monday-token | monday.com | monday_api monday_token monday.com mondaycom | monday.com, Developers, My access tokens: regenerate it | developer.monday.com/api-reference/docs/authentication | read
 API token | eyJ{b10-40}.eyJ{b100-400}.{b43} | near
nylas-key | Nylas | nylas | dashboard-v3.nylas.com, API keys: delete it | developer.nylas.com/docs/v3/quickstart/email/
 API key | nyk_v0_{a64} | sure read
 access token or secret | {a30} {l25}
okta-token | Okta | okta oktapreview | Okta, Security, API, Tokens: revoke it | github.com/okta/okta-developer-docs/blob/master/packages/%40okta/vuepress-site/docs/guides/create-an-api-token/main/index.md
 API token | 00{b40} | near critical read
 client secret | {b40} {b64} | critical
onelogin-secret | OneLogin | onelogin one_login | OneLogin, Developers, API credentials: disable it | developers.onelogin.com/api-docs/2/getting-started/working-with-api-credentials
 client secret or id | {h64} | critical
ory-token | Ory | ory_token ory_pat ory_access ory_api | console.ory.sh/projects: delete it | github.com/ory/fosite/blob/master/handler/oauth2/strategy_hmacsha_prefixed.go
 access or refresh token | ory_{at/rt/ac}_{b40-60}.{b40-60} | sure read
 access token of another form | ory_{at/rt/ac/st}_{b40-90} | sure
ory-token | Ory | ory_token ory_pat ory_project ory_workspace ory_api | console.ory.sh, project or workspace, API keys: delete it | github.com/ory/terraform-provider-ory/blob/main/docs/index.md
 project API key | ory_pat_{b32-50} ory_apikey_{b32-50} | sure read
 workspace API key | ory_wak_{b32-50} | sure critical read
outreach-secret | Outreach | outreach_client outreach_api outreach.io !outreach | developers.outreach.io: rotate it | developers.outreach.io/api/oauth/
 client secret or token | {b43} {a64}
pandadoc-key | PandaDoc | pandadoc | app.pandadoc.com, Developer dashboard: delete it | developers.pandadoc.com/reference/authentication | read
 API key | {h40}
paperform-key | Paperform | paperform | paperform.co/account/developer: delete it | docs.paperform.co
 API key | eyJ{b20-80}.eyJ{b60-400}.{b40-700} {a16} | near
pipedrive-token | Pipedrive | pipedrive pipe_drive | app.pipedrive.com/settings/api: regenerate it | pipedrive.readme.io/docs/core-api-concepts-authentication | read
 API token | {h40}
pivotal-tracker-token | Pivotal Tracker | pivotal+tracker pivotal_token | pivotaltracker.com/profile: reset it | www.pivotaltracker.com/help/api
 API token | {h32}
planning-center-secret | Planning Center | planning+center | api.planningcenteronline.com/oauth/applications: delete it | developer.planning.center/docs/
 personal access token | pco_pat_{h64-80} | sure
 OAuth access token | pco_tok_{h64-80} | sure
 application secret | pco_app_{h64-80} | sure
propelauth-key | Propelauth | propelauth propel_auth | auth.propelauth.com: delete it | docs.propelauth.com
 API key | {h128} {h160} | critical
recaptcha-secret | reCAPTCHA | recaptcha re_captcha grecaptcha captcha_secret | google.com/recaptcha/admin: make a new key pair | developers.google.com/recaptcha/docs/verify
 secret key | 6L{b38} | near
rocketreach-key | RocketReach | rocketreach rocket_reach | rocketreach.co/account: regenerate it | docs.rocketreach.co
 API key | {a32} {h32}k{h4-30} {b30-40}
salesforce-token | Salesforce | salesforce sfdc sf_consumer sf_client sf_security pardot | Salesforce, Setup, App manager: rotate the consumer secret | help.salesforce.com/s/articleView?id=sf.connected_app_rotate_consumer_details.htm
 consumer secret | {H64} {d18-20} | critical
 consumer key | 3MVG9{t70-110} 3MVG{t70-110} | medium
 refresh token | 5Aep861{t70-110} | critical
 security token | {a24-25}
workos-key | WorkOS | workos work_os | dashboard.workos.com/api-keys: revoke it | github.com/workos/workos-node/blob/main/README.md | read
 API key | sk_live_{a40-100} sk_test_{a40-100} sk_{a40-90} | near critical
servicenow-secret | ServiceNow | servicenow service_now snow_client | ServiceNow, Application registry: reset it | www.servicenow.com/docs/
 client secret or password | {t10-40} | unsure
shortcut-token | Shortcut | shortcut_api shortcut_token clubhouse shortcut.com !shortcut | app.shortcut.com/settings/account/api-tokens: revoke it | github.com/useshortcut/shortcut-client-js/blob/main/README.md | read
 API token | {uuid}
smartsheet-token | Smartsheet | smartsheet smart_sheet | app.smartsheet.com, Personal settings, API access: revoke it | github.com/smartsheet/smartsheet-python-sdk/blob/master/README.md | read
 access token | {a37} {l26} {a26}
storyblok-token | Storyblok | storyblok | app.storyblok.com/#/me/account: delete it | www.storyblok.com/docs/api/management/getting-started/authentication | read
 access token | {a22}tt {a24}tt
stytch-secret | Stytch | stytch | stytch.com/dashboard/api-keys: rotate it | stytch.com/docs/workspace-management/api-keys | read
 secret | secret-{live/test}-{b35}= secret-{live/test}-{b34-40} | sure critical
surveymonkey-token | SurveyMonkey | survey+monkey | developer.surveymonkey.com/apps: regenerate it | api.surveymonkey.com/v3/docs
 access token | {t60-120}
 client secret | {d18}
teamwork-token | Teamwork | teamwork_api teamwork_key teamworkcrm teamwork_token !teamwork teamwork.com | Teamwork, Profile, API: reset it | apidocs.teamwork.com
 API key | twp_{a20-30}
 API key of the old form | {b26} | near
todoist-token | Todoist | todoist | app.todoist.com/app/settings/integrations/developer: reissue it | developer.todoist.com/api/v1/
 API token | {h40}
toggl-token | Toggl Track | toggl | track.toggl.com/profile: reset it | github.com/toggl/toggl_api_docs/blob/master/chapters/authentication.md | read
 API token | {h32}
trello-token | Trello | trello | trello.com, Settings, Apps: revoke it | developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction
 token | ATTA{h64}{H8} ATTA{h64}{x8} | sure read
 legacy token or secret | {h64}
 API key | {h32} | low read
turnstile-secret | Cloudflare Turnstile | turnstile cf_turnstile | dash.cloudflare.com, Turnstile: rotate the secret | developers.cloudflare.com/turnstile/reference/testing/ | read
 secret key | 0x4AAAAAAA{b25} | near
typeform-token | Typeform | typeform type_form | admin.typeform.com/user/tokens: delete it | www.typeform.com/developers/get-started/personal-access-token/
 access token | {b44}
unkey-key | Unkey | unkey | app.unkey.com/settings/root-keys: delete it | www.unkey.com/docs/security/root-keys
 root key | unkey_{b20-40} | sure
wistia-token | Wistia | wistia | wistia.com, Account settings, API access: revoke it | docs.wistia.com/docs/making-api-requests
 API password | {h64} {h40}
workato-token | Workato | workato | workato.com, API clients: refresh it | docs.workato.com/workato-api | read
 developer API token | wrk{aus/aeu/ajp/asg/aau/ail/au/atrial}-eyJ{b10-80}.eyJ{b40-300}.{b80-700} | sure
workato-token | Workato | workato | Workato, API platform, Clients: refresh it | docs.workato.com/api-mgmt/auth-token.html | read
 auth token of an API client | {h64}
wrike-token | Wrike | wrike | wrike.com, Apps & integrations, API: revoke it | developers.wrike.com/oauth-20-authorization
 permanent access token | eyJ{b20-60}.eyJ{b60-600}.{b80-100} | near
 client secret | {a64} | read
zapier-webhook | Zapier | zapier hooks.zapier.com | zapier.com, Zap: make a new webhook | help.zapier.com/hc/en-us/articles/8496083355661
 webhook | hooks.zapier.com/hooks/catch/{d5-9}/{l5-8} | e2.2
 deploy key | {h32} {uuid}
zendesk-token | Zendesk | zendesk zen_desk | Zendesk, Admin center, API tokens: delete it | support.zendesk.com/hc/en-us/articles/4408831452954 | read
 API token | {a40}
 OAuth token or secret | {h64}
zenhub-key | ZenHub | zenhub | app.zenhub.com/settings/tokens: revoke it | developers.zenhub.com
 API key | zh_{h64} {h64} | near
zerobounce-key | ZeroBounce | zerobounce debounce neverbounce kickbox verimail emailhippo | the service's dashboard: delete it | www.zerobounce.net/docs/
 API key | {h32} private_{h32} {live/test}_{h64} {a13} | near
zoho-secret | Zoho | zoho | api-console.zoho.com: reset it | www.zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html | read
 client secret | {h42}
 refresh or access token | 1000.{h32}.{h32} | sure critical
autoklose-key | Autoklose | autoklose | Autoklose, account settings, API: make a new key, delete the old one | autoklose.com/api
 API key | {a32}
besnappy-key | Snappy | besnappy | Snappy, account settings, API: make a new key, delete the old one | github.com/BeSnappy/api-docs
 API key | {h64}
bombbomb-token | BombBomb | bombbomb | BombBomb, account settings, API: make a new token, delete the old one | developer.bombbomb.com
 API token | {uuid} {a32-64}
centralstationcrm-key | CentralStationCRM | centralstationcrm centralstation | CentralStationCRM, account settings, API: make a new key, delete the old one | api.centralstationcrm.net
 API key | {l30} {h32}
clinchpad-key | ClinchPad | clinchpad | ClinchPad, account settings, API: make a new key, delete the old one | clinchpad.com/api/docs
 API key | {h32}
cloze-key | Cloze | cloze_api cloze.com !cloze | Cloze, account settings, API: make a new key, delete the old one | developer.cloze.com
 API key | {h32} {a32}
companyhub-key | CompanyHub | companyhub | CompanyHub, account settings, API: make a new key, delete the old one | companyhub.com/docs/api-documentation
 API key | {a20}
drata-key | Drata | drata | Drata, account settings, API: make a new key, delete the old one | developers.drata.com
 API key | {uuid} {b60-120}
feedier-key | Feedier | feedier | Feedier, account settings, API: make a new key, delete the old one | developers.feedier.com
 API key | {l32}
getemail-key | GetEmail.io | getemail.io getemailio getemail | GetEmail.io, account settings, API: make a new key, delete the old one | getemail.io/api
 API key | {a24}
getemails-key | GetEmails | getemails | GetEmails, account settings, API: make a new key, delete the old one | getemails.com
 API key | {a26}
gist-key | Gist | getgist | Gist, account settings, API: make a new key, delete the old one | developers.getgist.com
 API key | {s68}{=} {s64-90}{=}
goodday-token | GoodDay | goodday_api goodday.work goodday_token | GoodDay, account settings, API: make a new token, delete the old one | www.goodday.work/developers/api-v2
 API token | {h32}
jumio-secret | Jumio | jumio | Jumio, account settings, API: make a new secret, delete the old one | documentation.jumio.ai
 API secret | {a32}
juro-key | Juro | juro_api juro.com !juro | Juro, account settings, API: make a new key, delete the old one | api-docs.juro.com
 API key | {a40}
karmacrm-token | karmaCRM | karmacrm | karmaCRM, account settings, API: make a new token, delete the old one | www.karmacrm.com/api
 API token | {a20} {a32}
karma-life-token | Karma | karma_life karma.life | Karma, account settings, API: make a new token, delete the old one | karma.life
 token | {a20} {a20-40}
kylas-key | Kylas | kylas | Kylas, account settings, API: make a new key, delete the old one | developers.kylas.io
 API key | {uuid}:{d1-5} {h8}-{h4}-{h4}-{h4}-{h12} {uuid}
lessannoyingcrm-key | Less Annoying CRM | lessannoyingcrm less_annoying | Less Annoying CRM, account settings, API: make a new key, delete the old one | www.lessannoyingcrm.com/help/api
 API key | {a57} {d5-7}-{d15-40}-{a10-80} {a40-70}
madkudu-key | MadKudu | madkudu | MadKudu, account settings, API: make a new key, delete the old one | developers.madkudu.com
 API key | {h32}
meetup-key | Meetup | meetup_api meetup_secret meetup_key meetup_client !meetup | Meetup, account settings, API: make a new key, delete the old one | www.meetup.com/api/authentication/
 client secret or key | {l26} {h28-32} {a25-30}
mrticktock-password | MrTickTock | mrticktock | MrTickTock, account settings, API: make a new password, delete the old one | mrticktock.com/api
 password | {a8-64}
nicereply-key | Nicereply | nicereply | Nicereply, account settings, API: make a new key, delete the old one | www.nicereply.com/api
 API key | {h40}
noticeable-token | Noticeable | noticeable_api noticeable.io | Noticeable, account settings, API: make a new token, delete the old one | graphql.noticeable.io
 API token | {a20}
onepagecrm-key | OnePageCRM | onepagecrm | OnePageCRM, account settings, API: make a new key, delete the old one | developer.onepagecrm.com
 API key | {s43}= {s44}
overloop-key | Overloop | overloop | Overloop, account settings, API: make a new key, delete the old one | apidoc.overloop.com
 API key | {b50} {a50}
passbase-secret | Passbase | passbase | Passbase, account settings, API: make a new secret, delete the old one | docs.passbase.com
 API secret | {a128}
prospectcrm-key | Prospect CRM | prospectcrm prospect_crm prospect365 | Prospect CRM, account settings, API: make a new key, delete the old one | www.prospectsoft.com
 API key | {b32} {a32-48}
roaring-secret | Roaring | roaring_api roaring.io | Roaring, account settings, API: make a new secret, delete the old one | developer.roaring.io
 client secret | {b28} {a28}
salesblink-key | SalesBlink | salesblink | SalesBlink, account settings, API: make a new key, delete the old one | developer.salesblink.io
 API key | {a16} key_{a32-60} {a16-40} | near
salescookie-key | SalesCookie | salescookie | SalesCookie, account settings, API: make a new key, delete the old one | salescookie.com
 API key | {a32}
salesmate-token | Salesmate | salesmate | Salesmate, account settings, API: make a new token, delete the old one | apidocs.salesmate.io
 access token | {b32-200} {uuid}
salesflare-key | Salesflare | salesflare | Salesflare, account settings, API: make a new key, delete the old one | api.salesflare.com/docs
 API key | {b45} {b40-50}
signable-key | Signable | signable_api signable.app signable_key | Signable, account settings, API: make a new key, delete the old one | developers.signable.app
 API key | {h32} {a32}
signaturit-token | Signaturit | signaturit | Signaturit, account settings, API: make a new token, delete the old one | docs.signaturit.com
 access token | {z86} {a86}
signupgenius-key | SignUpGenius | signupgenius | SignUpGenius, account settings, API: make a new key, delete the old one | developer.signupgenius.com
 user key | {a32} {s60-70}{=}
simplesat-key | Simplesat | simplesat | Simplesat, account settings, API: make a new key, delete the old one | documenter.getpostman.com/view/457268/SVfRtnXe
 API key | {h40}
simplynoted-key | Simply Noted | simplynoted simply_noted | Simply Noted, account settings, API: make a new key, delete the old one | simplynoted.com/pages/api
 API key | {a340} {b300-400}
sugester-token | Sugester | sugester | Sugester, account settings, API: make a new token, delete the old one | sugester.com/api
 API token | {a32}
surveyanyplace-key | Pointerpro | surveyanyplace survey_anyplace pointerpro | Pointerpro, account settings, API: make a new key, delete the old one | docs.pointerpro.com
 API key | {a32} {h32}
surveybot-key | Surveybot | surveybot | Surveybot, account settings, API: make a new key, delete the old one | app.surveybot.io
 API key | {a80}
tallyfy-token | Tallyfy | tallyfy | Tallyfy, account settings, API: make a new token, delete the old one | developers.tallyfy.com
 API token | {b200-1200} {a36-64}
teamgate-token | Teamgate | teamgate | Teamgate, account settings, API: make a new token, delete the old one | developers.teamgate.com
 auth or app token | {h40} {a80} {a40}
uproc-key | uProc | uproc_api uproc.io uproc_key | uProc, account settings, API: make a new key, delete the old one | docs.uproc.io
 API key | {h32}
upwave-token | Upwave | upwave | Upwave, account settings, API: make a new token, delete the old one | www.upwave.io
 API token | {a32}
veevavault-key | Veeva Vault | veevavault veeva_vault veeva | Veeva Vault, account settings, API: make a new id, delete the old one | developer.veevavault.com
 session id | {u80-120}
verifier-key | Verifier | verifier.meetchopra verifier_api meetchopra | Verifier, account settings, API: make a new key, delete the old one | verifier.meetchopra.com
 API key | {h96} {b40-100}
workstack-key | Workstack | workstack | Workstack, account settings, API: make a new key, delete the old one | workstack.io
 API key | {a60}
yext-key | Yext | yext | Yext, account settings, API: make a new key, delete the old one | hitchhikers.yext.com/docs/
 API key | {h32}
zonka-token | Zonka Feedback | zonka | Zonka Feedback, account settings, API: make a new token, delete the old one | apidocs.zonkafeedback.com
 auth token | {h36} {a36}
eventbrite-secret | Eventbrite | eventbrite event_brite | Eventbrite, account settings, API: make a new secret, delete the old one | www.eventbrite.com/platform/docs/authentication
 private token or client secret | {u20} {u50} {a20} {a48-50}
zoominfo-key | ZoomInfo | zoominfo zoom_info | ZoomInfo, account settings, API: make a new key, delete the old one | api-docs.zoominfo.com
 client secret or private key | {a32-64} {uuid}
fitbit-secret | Fitbit | fitbit | Fitbit, account settings, API: make a new secret, delete the old one | dev.fitbit.com/build/reference/web-api/developer-guide/authorization/
 client secret | {h32}
oura-token | Oura | oura_token oura_api oura_personal oura_access ouraring | Oura, account settings, API: make a new token, delete the old one | cloud.ouraring.com/docs/authentication
 personal access token | {u32}
ecobee-key | ecobee | ecobee | ecobee, account settings, API: make a new key, delete the old one | www.ecobee.com/home/developer/api/
 API key | {a32}
basecamp-secret | Basecamp | basecamp 37signals | Basecamp, account settings, API: make a new secret, delete the old one | github.com/basecamp/api/blob/master/sections/authentication.md | read
 client secret | {h40}
dynalist-token | Dynalist | dynalist | Dynalist, account settings, API: make a new token, delete the old one | apidocs.dynalist.io
 API token | {b86} {b60-90}
nimble-token | Nimble | nimble_token nimble_api nimble_crm nimble.com !nimble | Nimble, account settings, API: make a new token, delete the old one | nimble.readthedocs.io
 API token | {a30}
usercom-key | User.com | usercom user.com | User.com, account settings, API: make a new key, delete the old one | user.com/en/developers/
 API key | {a64}
kinde-secret | Kinde | kinde | Kinde, account settings, API: make a new secret, delete the old one | docs.kinde.com
 client secret | {a48-52}
frontegg-key | Frontegg | frontegg | Frontegg, account settings, API: make a new key, delete the old one | github.com/frontegg/terraform-provider-frontegg/blob/master/docs/index.md | read
 API key | {uuid} {h32}
fullcontact-key | FullContact | fullcontact | FullContact, account settings, API: make a new key, delete the old one | docs.fullcontact.com
 API key | {a32} {h16}
captaindata-key | Captain Data | captaindata captain_data | Captain Data, account settings, API: make a new key, delete the old one | docs.captaindata.co
 API key | {h64}
customerguru-secret | Customer.guru | customerguru customer.guru customer_guru | Customer.guru, account settings, API: make a new secret, delete the old one | customer.guru
 API key or secret | {a30} {a50}
supertokens-key | SuperTokens | supertokens | SuperTokens, account settings, API: make a new key, delete the old one | supertokens.com/docs/platform-configuration/supertokens-core/api-keys | read
 core API key | {b20-60} {a20-60}
userfront-key | Userfront | userfront | Userfront, account settings, API: make a new key, delete the old one | userfront.com/docs
 API key | uf_live_admin_{a8}_{h32} uf_test_admin_{a8}_{h32} uf_live_readonly_{a8}_{h32} uf_test_readonly_{a8}_{h32}
hanko-secret | Hanko | hanko_api hanko.io !hanko | Hanko, account settings, API: make a new secret, delete the old one | docs.hanko.io
 API key secret | {b43}= {b43}
passage-key | Passage | passage_api passage.id | Passage, account settings, API: make a new key, delete the old one | github.com/passageidentity/passage-node/blob/main/README.md | read
 API key | {a10-12}.{a64} {b70-90}
cerbos-secret | Cerbos Hub | cerbos_hub cerbos | Cerbos Hub, account settings, API: make a new secret, delete the old one | docs.cerbos.dev/cerbos-hub/
 client secret | cerbos-1{u60-64} {u12} | near
permit-io-key | Permit.io | permit_key permit.io permit_api permit_io pdp_api | Permit.io, account settings, API: make a new key, delete the old one | docs.permit.io/1.0.0/tutorials/quickstart | read
 API key | permit_key_{a80}
warrant-key | WorkOS FGA | warrant_api warrant.dev | WorkOS FGA, account settings, API: make a new key, delete the old one | github.com/warrant-dev/warrant-node/blob/main/README.md | read
 API key | api_prod_{s40-60}{=} | near
 test API key | api_test_{s40-60}{=} | near low
gorgias-key | Gorgias | gorgias | Gorgias, account settings, API: make a new key, delete the old one | developers.gorgias.com
 API key | {h64}
gladly-token | Gladly | gladly_api gladly.com gladly_token | Gladly, account settings, API: make a new token, delete the old one | developer.gladly.com
 API token | {b40-60} {a40-60}
dixa-token | Dixa | dixa | Dixa, account settings, API: make a new token, delete the old one | docs.dixa.io
 API token | {b40-300} {uuid}
tidio-secret | Tidio | tidio | Tidio, account settings, API: make a new secret, delete the old one | developers.tidio.com
 private key or secret | {l32} cs_{h32} | near
crisp-key | Crisp | crisp_token crisp_api crisp_key crisp.chat crisp_identifier crisp_website | Crisp, account settings, API: make a new key, delete the old one | docs.crisp.chat/guides/rest-api/authentication/ | read
 token key | {h64} {uuid}
livechat-token | LiveChat | livechatinc livechat_token livechat_api livechat_pat | LiveChat, account settings, API: make a new token, delete the old one | platform.text.com/docs/authorization/personal-access-tokens | read
 personal access token | dal:{b20-40} fra:{b20-40} us-south1:{b20-44} {b40-60} | near
tawkto-key | tawk.to | tawkto tawk.to tawk_api | tawk.to, account settings, API: make a new key, delete the old one | developer.tawk.to
 API key | {h40} {h32}
`;
