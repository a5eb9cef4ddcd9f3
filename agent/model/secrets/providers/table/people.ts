/** Who somebody is, and what they do with customers: identity, captcha, CRM, support, HR, documents, planning. */
export const people = `
affinity-key | Affinity | affinity_api affinity_crm affinity.co !affinity | affinity.co, Settings, API: revoke it | api-docs.affinity.co
 API key | {b43}
agilecrm-key | Agile CRM | agilecrm agile_crm | agilecrm.com, Admin settings, Developers: reset it | github.com/agilecrm/rest-api
 API key | {l24-30}
aha-key | Aha! | aha_api aha_token aha.io aha_key aha_secret | secure.aha.io/settings/api_keys: revoke it | www.aha.io/api
 API key | {h64}
airtable-token | Airtable | airtable | airtable.com/create/tokens: delete it | airtable.com/developers/web/guides/personal-access-tokens
 legacy API key | key{a14} | near
apollo-key | Apollo | apollo_io apollo_api apollo_key apolloio !apollo apollo.io | app.apollo.io/#/settings/integrations/api: delete it | docs.apollo.io/docs/create-api-key
 API key | {b22} {b20-24}
 GraphOS key | {service/user}:{b4-60}:{b22} | near
appcues-key | Appcues | appcues | studio.appcues.com/settings/keys: revoke it | docs.appcues.com
 API secret | {uuid}
asana-token | Asana | asana | app.asana.com/0/my-apps: revoke it | developers.asana.com/docs/personal-access-token
 personal access token | {d1}/{d13-17}:{h32} {d1}/{d13-17}/{d13-17}:{h32} | near
 client secret | {h32} {a32}
ashby-key | Ashby | ashby | app.ashbyhq.com/admin/api/keys: revoke it | developers.ashbyhq.com
 API key | {h64}
atlassian-token | Atlassian | atlassian jira confluence jira_api bitbucket | id.atlassian.com/manage-profile/security/api-tokens: revoke it | support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
 API token | {a24} {b20} | near e3.3
 server personal access token | {M/N/O}{D/T/j/z}{s42} {s44} | near critical
attio-key | Attio | attio | app.attio.com, Developers: delete it | docs.attio.com/rest-api/guides/authentication
 API key | {h64}
auth0-secret | Auth0 | auth0 | manage.auth0.com, Applications: rotate the secret | auth0.com/docs/get-started/applications/rotate-client-secret
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
box-token | Box | !box box_client box_api box_developer box_access box.com boxsdk box_secret | app.box.com/developers/console: reset it | developer.box.com/guides/authentication/
 client secret or developer token | {a32}
calendly-key | Calendly | calendly | calendly.com/integrations/api_webhooks: revoke it | developer.calendly.com/personal-access-tokens
 personal access token | eyJ{b20-120}.eyJ{b60-500}.{b80-90} | near
 client secret | {b43}
canny-key | Canny | canny_api canny_key canny.io cannyio !canny | canny.io/admin/settings/api: reset it | developers.canny.io/api-reference
 API key | {uuid} {h8}-{h4}-{h4}-{h4}-{h12}
canva-secret | Canva | canva | canva.com/developers/integrations: regenerate it | www.canva.dev/docs/connect/authentication/
 client secret | cnvca{b50-60} | sure
capsulecrm-token | Capsule | capsulecrm capsule_crm capsule_api capsule_token | capsulecrm.com, API authentication tokens: delete it | developer.capsulecrm.com/v2/overview/authentication
 API token | {s64}{=} {s60-70}
chatwoot-token | Chatwoot | chatwoot | Chatwoot, Profile settings: reset it | github.com/chatwoot/chatwoot/blob/develop/app/models/access_token.rb | read
 access token | {a24}
clerk-key | Clerk | clerk | dashboard.clerk.com, API keys: delete it | clerk.com/docs/deployments/clerk-environment-variables
 secret key | sk_live_{a40-50} | near critical
 test secret key | sk_test_{a40-50} | near low
 webhook secret | whsec_{s32}{=} | near
clickup-token | ClickUp | clickup click_up | app.clickup.com/settings/apps: regenerate it | developer.clickup.com/docs/authentication
 client secret | {u64}
clockify-key | Clockify | clockify | app.clockify.me/user/settings: regenerate it | docs.clockify.me
 API key | {s48} {b48} | near
close-key | Close | close_api closecrm close_crm close.com closeio close_crm_api api.close.com | app.close.com/settings/api: delete it | developer.close.com/topics/authentication/
 API key | api_{a22}.{a22}
coda-token | Coda | coda_api coda_token coda.io !coda | coda.io/account: delete it | coda.io/developers/apis/v1
 API token | {uuid}
copper-key | Copper | copper_api copper_crm prosperworks !copper copper.com | app.copper.com, Integrations, API keys: delete it | developer.copper.com
 API key | {h32}
deel-token | Deel | deel_api deel_token letsdeel !deel deel.com | app.deel.com/developer-center: delete it | developer.deel.com/docs/api-tokens-1
 API token | {b60-120} {uuid}
descope-key | Descope | descope | app.descope.com/settings/company/managementkeys: delete it | docs.descope.com
 management key | K{a40-160} | near critical
disqus-key | Disqus | disqus | disqus.com/api/applications: reset it | disqus.com/api/docs/auth/
 API secret or key | {a64}
docusign-secret | Docusign | docu+sign | admindemo.docusign.com/apps-and-keys: delete it | developers.docusign.com/platform/auth/
 secret or integration key | {uuid}
documo-key | Documo | documo | documo.com, API keys: delete it | docs.documo.com
 API key | eyJ{b20-80}.eyJ{b60-400}.{b43} | near
duo-secret | Duo | duo_skey duo_secret duo_integration duo_security duo_api !duo duosecurity duo.com | admin.duosecurity.com, Applications: reset the secret key | duo.com/docs/adminapi
 secret key | {a40} | critical
 integration key | D{u19} | near medium
envoy-key | Envoy | envoy_api_key envoy_client envoy_token envoy.com | dashboard.envoy.com: delete it | developers.envoy.com
 API key | {l40-64} {uuid}
freshbooks-token | FreshBooks | freshbooks | my.freshbooks.com/#/developer: reset it | www.freshbooks.com/api/start
 client secret or token | {h64}
freshdesk-key | Freshdesk | freshdesk freshservice freshworks freshsales freshchat | Freshdesk, Profile settings: reset the API key | developers.freshdesk.com/api/#authentication
 API key | {a20} {b22}
fusionauth-key | FusionAuth | fusionauth fusion_auth | FusionAuth, Settings, API keys: delete it | fusionauth.io/docs/apis/authentication
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
intercom-token | Intercom | intercom | app.intercom.com/a/apps/_/developer-hub: regenerate it | developers.intercom.com/docs/build-an-integration/learn-more/authentication
 access token | dG9r{s56}{=} | sure
 identity verification secret | {b40} {b43}
jotform-key | Jotform | jotform jot_form | jotform.com/myaccount/api: delete it | api.jotform.com/docs/
 API key | {h32}
jumpcloud-key | JumpCloud | jumpcloud | console.jumpcloud.com, My API key: regenerate it | docs.jumpcloud.com
 API key | {h40} jca_{a36} | near critical
keygen-token | Keygen | keygen_token keygen_sh keygen.sh keygen_account keygen_product !keygen | app.keygen.sh: revoke it | keygen.sh/docs/api/authentication/
 token | {admin/prod/user/activ/env}-{h64}v3 {admin/prod/user/activ}-{h60-140}v{d1} | near
keycloak-secret | Keycloak | keycloak | Keycloak, Clients, Credentials: regenerate it | www.keycloak.org/docs/latest/server_admin/
 client secret | {a32} {uuid} | critical
kustomer-key | Kustomer | kustomer | Kustomer, Security, API keys: delete it | developer.kustomer.com
 API key | eyJ{b20-80}.eyJ{b60-400}.{b43} | near
lever-key | Lever | lever_api lever_key lever.co !lever | hire.lever.co/settings/integrations: deactivate it | hire.lever.co/developer/documentation
 API key | {s64}{=} {a40-64}
linear-token | Linear | linear_api linear_key linear_webhook linear.app linear_token linear_secret linear_client linear_access | linear.app/settings/api: revoke it | linear.app/developers/graphql
 webhook or client secret | lin_wh_{a43} | sure
 client secret | {h32}
logto-secret | Logto | logto | cloud.logto.io, Applications: regenerate it | docs.logto.io
 app secret | {a32} {a21}
loginradius-secret | LoginRadius | login+radius | adminconsole.loginradius.com: reset it | www.loginradius.com/docs/api/v2/getting-started/introduction/
 API secret or key | {uuid}
mattermost-token | Mattermost | mattermost | Mattermost, Profile, Security: delete it | github.com/mattermost/mattermost/blob/master/server/public/model/user_access_token.go | read
 access token | {l26}
miro-token | Miro | miro_token miro_access miro_api miro_client !miro miro.com | miro.com/app/settings, Your apps: reset it | developers.miro.com/docs/rest-api-reference-guide
 access token | eyJ{b15-80}_{b27} {b27} | near
monday-token | monday.com | monday_api monday_token monday.com mondaycom | monday.com, Developers, My access tokens: regenerate it | developer.monday.com/api-reference/docs/authentication
 API token | eyJ{b10-40}.eyJ{b100-400}.{b43} | near
nylas-key | Nylas | nylas | dashboard-v3.nylas.com, API keys: delete it | developer.nylas.com/docs/v3/auth/
 API key | nyk_v0_{a64} | sure
 access token or secret | {a30} {l25}
okta-token | Okta | okta oktapreview | Okta, Security, API, Tokens: revoke it | github.com/okta/okta-developer-docs/blob/master/packages/%40okta/vuepress-site/docs/guides/create-an-api-token/main/index.md
 API token | 00{b40} | near critical
 client secret | {b40} {b64} | critical
onelogin-secret | OneLogin | onelogin one_login | OneLogin, Developers, API credentials: disable it | developers.onelogin.com/api-docs/2/getting-started/working-with-api-credentials
 client secret or id | {h64} | critical
ory-token | Ory | ory_token ory_pat ory_access ory_api | console.ory.sh/projects: delete it | www.ory.sh/docs/concepts/personal-access-token
 personal access token | ory_pat_{b32-50} ory_{apikey/wak}_{b32-50} | sure
 access or refresh token | ory_{at/rt/ac/st}_{b40-90} ory_{at/rt/ac}_{b40-60}.{b40-60} | sure
outreach-secret | Outreach | outreach_client outreach_api outreach.io !outreach | developers.outreach.io: rotate it | developers.outreach.io/api/oauth/
 client secret or token | {b43} {a64}
pandadoc-key | PandaDoc | pandadoc | app.pandadoc.com, Developer dashboard: delete it | developers.pandadoc.com/reference/api-key-authentication-process
 API key | {h40}
paperform-key | Paperform | paperform | paperform.co/account/developer: delete it | docs.paperform.co
 API key | eyJ{b20-80}.eyJ{b60-400}.{b40-700} {a16} | near
pipedrive-token | Pipedrive | pipedrive pipe_drive | app.pipedrive.com/settings/api: regenerate it | pipedrive.readme.io/docs/core-api-concepts-authentication
 API token | {h40}
pivotal-tracker-token | Pivotal Tracker | pivotal+tracker pivotal_token | pivotaltracker.com/profile: reset it | www.pivotaltracker.com/help/api
 API token | {h32}
planning-center-secret | Planning Center | planning+center | api.planningcenteronline.com/oauth/applications: delete it | developer.planning.center/docs/
 personal access token | pco_pat_{h64-80} | sure
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
workos-key | WorkOS | workos work_os | dashboard.workos.com/api-keys: revoke it | workos.com/docs/reference/api-keys
 API key | sk_live_{a40-100} sk_test_{a40-100} sk_{a40-90} | near critical
servicenow-secret | ServiceNow | servicenow service_now snow_client | ServiceNow, Application registry: reset it | www.servicenow.com/docs/
 client secret or password | {t10-40} | unsure
shortcut-token | Shortcut | shortcut_api shortcut_token clubhouse shortcut.com !shortcut | app.shortcut.com/settings/account/api-tokens: revoke it | developer.shortcut.com/api/rest/v3
 API token | {uuid}
smartsheet-token | Smartsheet | smartsheet smart_sheet | app.smartsheet.com, Personal settings, API access: revoke it | developers.smartsheet.com/api/smartsheet/guides/basics/authentication
 access token | {a37} {l26} {a26}
storyblok-token | Storyblok | storyblok | app.storyblok.com/#/me/account: delete it | www.storyblok.com/docs/api/management/getting-started/authentication
 access token | {a22}tt {a24}tt
stytch-secret | Stytch | stytch | stytch.com/dashboard/api-keys: rotate it | stytch.com/docs/api-ref
 secret | secret-{live/test}-{b35}= secret-{live/test}-{b34-40} | sure critical
surveymonkey-token | SurveyMonkey | survey+monkey | developer.surveymonkey.com/apps: regenerate it | api.surveymonkey.com/v3/docs
 access token | {t60-120}
 client secret | {d18}
teamwork-token | Teamwork | teamwork_api teamwork_key teamworkcrm teamwork_token !teamwork teamwork.com | Teamwork, Profile, API: reset it | apidocs.teamwork.com
 API key | twp_{a20-30}
 API key of the old form | {b26} | near
todoist-token | Todoist | todoist | app.todoist.com/app/settings/integrations/developer: reissue it | developer.todoist.com/api/v1/
 API token | {h40}
toggl-token | Toggl Track | toggl | track.toggl.com/profile: reset it | engineering.toggl.com/docs/authentication
 API token | {h32}
trello-token | Trello | trello | trello.com, Settings, Apps: revoke it | developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction/
 token | ATTA{h64}{H8} ATTA{h64}{x8} | sure
 legacy token or secret | {h64}
 API key | {h32} | medium
turnstile-secret | Cloudflare Turnstile | turnstile cf_turnstile | dash.cloudflare.com, Turnstile: rotate the secret | developers.cloudflare.com/turnstile/get-started/
 secret key | 0x4AAAAAAA{b22-30} | near
typeform-token | Typeform | typeform type_form | admin.typeform.com/user/tokens: delete it | www.typeform.com/developers/get-started/personal-access-token/
 access token | {b44}
unkey-key | Unkey | unkey | app.unkey.com/settings/root-keys: delete it | www.unkey.com/docs/security/root-keys
 root key | unkey_{b20-40} | sure
wistia-token | Wistia | wistia | wistia.com, Account settings, API access: revoke it | docs.wistia.com/docs/making-api-requests
 API password | {h64} {h40}
workato-token | Workato | workato | workato.com, API clients: refresh it | docs.workato.com/workato-api/api-clients.html
 developer API token | wrk{aus/aeu/ajp/asg/aau/ail/au/atrial}-eyJ{b10-80}.eyJ{b40-300}.{b80-700} | sure
wrike-token | Wrike | wrike | wrike.com, Apps & integrations, API: revoke it | developers.wrike.com/oauth-20-authorization/
 permanent access token | eyJ{b20-60}.eyJ{b60-600}.{b80-100} | near
 client secret | {a64}
zapier-webhook | Zapier | zapier hooks.zapier.com | zapier.com, Zap: make a new webhook | help.zapier.com/hc/en-us/articles/8496083355661
 webhook | hooks.zapier.com/hooks/catch/{d5-9}/{l5-8} | e2.2
 deploy key | {h32} {uuid}
zendesk-token | Zendesk | zendesk zen_desk | Zendesk, Admin center, API tokens: delete it | developer.zendesk.com/api-reference/introduction/security-and-auth/
 API token | {a40}
 OAuth token or secret | {h64}
zenhub-key | ZenHub | zenhub | app.zenhub.com/settings/tokens: revoke it | developers.zenhub.com
 API key | zh_{h64} {h64} | near
zerobounce-key | ZeroBounce | zerobounce debounce neverbounce kickbox verimail emailhippo | the service's dashboard: delete it | www.zerobounce.net/docs/
 API key | {h32} private_{h32} {live/test}_{h64} {a13} | near
zoho-secret | Zoho | zoho | api-console.zoho.com: reset it | www.zoho.com/accounts/protocol/oauth.html
 client secret | {h42}
 refresh or access token | 1000.{h32}.{h32} | sure critical
`;
