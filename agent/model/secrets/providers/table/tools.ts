/** Tokens that carry a prefix of their own, from vendors of every kind, and what else people keep in configuration. */
export const tools = `
block-protocol-key | Block Protocol | block+protocol | blockprotocol.org/account/api: regenerate it | blockprotocol.org/docs
 API key | b10ck5.{h32}.{uuid}
cds-notify-key | GC Notify | gc_notify gcntfy | notification.canada.ca, API integration: revoke it | github.com/cds-snc/notification-api/blob/main/app/dao/api_key_dao.py
 API key | gcntfy-{b10-60}-{uuid}-{uuid} | critical read
 API key of another form | gcntfy-{b60-160} | critical
govuk-notify-key | GOV.UK Notify | govuk_notify notify_api gov_notify notifications_api | notifications.service.gov.uk, API integration: revoke it | github.com/alphagov/notifications-python-client/blob/main/notifications_python_client/base.py | read
 API key | {b1-40}-{uuid}-{uuid} | near critical
cfxre-key | Cfx.re | sv_licensekey cfxre cfx_license fivem | portal.cfx.re/servers/registration-keys: delete it | docs.fivem.net/docs/server-manual/setting-up-a-server/
 server key | cfxk_{a20}_{a6} cfxk_{b20-40}
chief-tools-token | Chief Tools | chief_tools chieftools | account.chief.app/settings/tokens: delete it | docs.chief.tools
 token | ctp_{a36-60} ctp_{w36-60}
coveo-key | Coveo | coveo | platform.cloud.coveo.com, API keys: delete it | docs.coveo.com/en/105/
 API key | xx{uuid} | near
 access token | x{uuid} | near
defined-networking-key | Defined Networking | defined_networking dnkey | admin.defined.net/settings/api-keys: delete it | docs.defined.net/guides/automating-host-creation/
 API key | dnkey-{a20-32}-{a48-60} dnkey-{b60-100}
docker-swarm-token | Docker Swarm | docker_swarm swarm_token swarm_join | docker swarm join-token --rotate | github.com/docker/cli/blob/master/docs/reference/commandline/swarm_join-token.md
 join token | SWMTKN-1-{l50}-{l25} | critical read
docker-swarm-token | Docker Swarm | docker_swarm swarm_unlock swarm_key | docker swarm unlock-key --rotate | github.com/docker/cli/blob/master/docs/reference/commandline/swarm_unlock-key.md | read
 unlock key | SWMKEY-1-{s43} | critical
docker-token | Docker | docker dockerhub docker_hub docker_registry | app.docker.com/settings/personal-access-tokens: delete it | docs.docker.com/security/access-tokens/
 access token or password | {uuid} | near critical
dvc-studio-token | DVC Studio | dvc_studio iterative_studio | studio.datachain.ai, Profile: delete it | docs.datachain.ai/studio
 access token | isat_{a50-60} isat_{w40-80}
github-token | GitHub | github gh_token gh_pat gh_access git_token | github.com/settings/tokens: delete it | docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens
 token of the old form or client secret | {h40} | near critical
gitlab-token | GitLab | gitlab | gitlab.com/-/user_settings/personal_access_tokens: revoke it | docs.gitlab.com/user/profile/personal_access_tokens/
 token of the old form | {b20} | near critical e3.4
google-cloud-storage-key | Google Cloud Storage | gcs_access gcs_secret google_storage gcs_hmac goog1 google_hmac | console.cloud.google.com/storage/settings: deactivate the HMAC key | documentation.s3ns.fr/storage/docs/authentication/hmackeys | read
 HMAC access id | GOOG{u57} GOOG{u19-20} | medium
 HMAC secret | {s40} | critical
hackclub-key | Hack Club AI | hackclub hack_club | ai.hackclub.com/dashboard: revoke it | docs.ai.hackclub.com
 API key | sk-hc-v1-{h64}
hop-token | Hop | hop_token hop_io hop_api hop.io | console.hop.io: delete it | docs.hop.io
 personal access token | pat_{b40-80} ptk_{b40-120} bearer_{b40-120} | near
limrun-token | Limrun | limrun limbar | console.limrun.com: revoke it | docs.limrun.com
 token | lim_{h40-70} lim_{a40-80}
meraki-key | Cisco Meraki | meraki | dashboard.meraki.com, Profile, API access: revoke it | github.com/meraki/dashboard-api-python/blob/main/README.md | read
 API key | {h40} | critical
netflix-netkey | Netflix | netkey | Netflix, NetKey: revoke it | netflix.github.io
 NetKey | netkey_{b20-100}
npm-token | npm | npm_token npm_auth npmrc npm_config npm_api npm_publish node_auth !npm npmjs.org npmjs.com | npmjs.com/settings, Access tokens: delete it | docs.npmjs.com/revoking-access-tokens
 access token of the old form | {uuid} | near critical
nuget-api-key | NuGet | nuget | nuget.org/account/apikeys: delete it | github.com/NuGet/NuGetGallery/blob/main/src/NuGetGallery.Services/Authentication/ApiKeyV4.cs
 API key | oy2{l43} | near critical read
 API key of the old form | {uuid} | near critical
openshift-token | OpenShift | openshift oc_token | oc delete useroauthaccesstokens, or log out | docs.okd.io/latest/rest_api/oauth_apis/oauth-apis-index.html | read
 token | sha256~{b43} | near
orbit-token | Orbit | orbit_api orbit_love orbit_key | app.orbit.love: delete it | orbit.love/docs
 API token | obu_{b40} obw_{b40} | critical
pangea-token | Pangea | pangea | console.pangea.cloud: revoke it | pangea.cloud/docs/admin-guide/tokens
 token | {pts/pcl/pti/psa}_{l32} | sure
posthog-key | PostHog | posthog | posthog.com, Personal API keys: delete it | posthog.com/docs/api
 OAuth or secure key | ph{a/r/s}_{w32-60} | sure
postman-api-key | Postman | postman | postman.co/settings/me/api-keys: delete it | learning.postman.com/docs/developer/postman-api/authentication/
 collection access key | PMAT-{u26} | sure
proof-key | Proof | proof_api notarize proof.com | app.proof.com, API keys: revoke it | dev.proof.com
 API key | {b24-44} | near
raycast-token | Raycast | raycast | raycast.com/settings: revoke it | developers.raycast.com
 access token | rca_{h64} rca_{a40-80} | sure
redirect-pizza-token | redirect.pizza | redirect_pizza redirect.pizza | redirect.pizza/settings/api: delete it | redirect.pizza/docs
 API token | rpa_{a32-36} rpa_{l40-60} | near
samsara-token | Samsara | samsara | cloud.samsara.com, API tokens: delete it | developers.samsara.com/docs/authentication
 API token | samsara_api_{a30} samsara_api_{b28-60} | sure
scalr-token | Scalr | scalr | scalr.io, Profile, API tokens: delete it | github.com/Scalr/terraform-provider-scalr/blob/develop/docs/index.md | read
 API token | eyJ{b20-100}.eyJ{b60-300}.{b43} at-{a12-30}.{b20-60} | near critical
siemens-token | Siemens | siemens_code siemens_api code.siemens !siemens | code.siemens.com, Access tokens: revoke it | developer.siemens.com
 token | glsie-{b20-60} | near
sindri-key | Sindri | sindri | sindri.app/z/me/page/settings/api-keys: delete it | sindri.app/docs
 API key | sindri_{a32}_{a4-8} sindri_{w32-50} | sure
sslmate-key | SSLMate | sslmate | sslmate.com/account/api_credentials: revoke it | sslmate.com/help/reference/apiv2
 API key | k{d1-6}_{a20-22} {d1-6}_{a20-22} | near critical
temporal-key | Temporal Cloud | temporal_api temporal_cloud temporal-api temporal_token | cloud.temporal.io/settings/api-keys: delete it | github.com/temporalio/terraform-provider-temporalcloud/blob/main/docs/index.md
 API key | eyJ{b20-100}.eyJ{b100-500}.{b80-100} | near critical read
 API key of another form | tmprl{b20-40}_{b20-90} | critical
val-town-token | Val Town | valtown val_town val.town vtwn | val.town/settings/api: delete it | docs.val.town/api/authentication/
 API token | vtwn_{a22} vtwn_{a20-60} | sure
wiseflow-key | WISEflow | wiseflow uniwise | WISEflow, administration: revoke it | developer.uniwise.co.uk
 API key | wf_{live/test}_{b30-70} wiseflow_{b30-70} | near
choreo-token | WSO2 Choreo | choreo | console.choreo.dev: revoke it | wso2.com/choreo/docs/
 personal access token | chp_{b40-120} | sure
yandex-token | Yandex | yandex | Yandex Cloud console, Service accounts: delete the key | github.com/yandex-cloud/docs/blob/master/en/iam/concepts/authorization/access-key.md
 static access key secret | YC{b38} | sure critical read
 static access key id | YCA{b22} YC{b23} | sure medium read
 Dictionary, Predictor or Translate key | {dict/pdct/trnsl}.1.1.{d8}T{d6}Z.{h16}.{h40} | sure
 SmartCaptcha server key | ysc2_{b40-70} | sure
 OAuth token of the old form | AQAAAA{b33-40} AgAAAA{b33-40} | near critical
slack-token | Slack | slack | api.slack.com/apps: revoke it | api.slack.com/authentication/basics
 signing secret or client secret | {h32} | near
 legacy verification token | {a24} | near
stripe-secret-key | Stripe | stripe | dashboard.stripe.com/apikeys: roll it | docs.stripe.com/keys
 key of the old form | {a32} | near
discord-secret | Discord | discord | discord.com/developers/applications: reset the secret | docs.discord.com/developers/topics/oauth2
 client secret | {b32}
 public key | {h64} | near info
okteto-token | Okteto | okteto | okteto, Settings, Tokens: delete it | www.okteto.com/docs/core/credentials/personal-access-tokens/
 personal access token | {a40-64}
tailscale-key | Tailscale | tailscale ts_authkey ts_api | login.tailscale.com/admin/settings/keys: revoke it | tailscale.com/kb/1277/key-prefixes | read
 key | tskey-{b20-80} | near critical
zerotier-token | ZeroTier | zerotier | my.zerotier.com/account: delete it | github.com/zerotier/terraform-provider-zerotier/blob/main/docs/index.md | read
 API token | {a32}
headscale-key | Headscale | headscale | headscale apikeys expire | github.com/juanfont/headscale/blob/main/hscontrol/db/api_key.go | read
 API key | hskey-api-{b12}-{b64} | critical
 API key of the old form | {b7}.{b32} | near critical
netbird-token | Netbird | netbird nb_api | app.netbird.io, Users: delete the token | github.com/netbirdio/netbird/blob/main/management/server/types/personal_access_token.go | read
 access token | nbp_{a36}
twingate-token | Twingate | twingate | Twingate, Settings, API: revoke it | github.com/Twingate/terraform-provider-twingate/blob/main/docs/index.md | read
 API or access token | {b96-120} {b40-100}
bitwarden-secret | Bitwarden | bitwarden bws_access bw_clientsecret bw_client | vault.bitwarden.com, Security, Keys: rotate the API key | github.com/bitwarden/sdk/blob/main/crates/bitwarden/src/auth/access_token.rs
 secrets manager token | 0.{uuid}.{a30}:{s22}{=} | near critical read
bitwarden-secret | Bitwarden | bitwarden bw_clientsecret bw_client | vault.bitwarden.com, Security, Keys: rotate the API key | github.com/bitwarden/server/blob/main/src/Core/OrganizationFeatures/OrganizationApiKeys/RotateOrganizationApiKeyCommand.cs | read
 API key secret | {a30} | critical
calcom-key | Cal.com | calcom cal.com cal_api | app.cal.com/settings/developer/api-keys: delete it | github.com/calcom/cal.com/blob/main/packages/features/ee/api-keys/lib/apiKeys.ts
 API key | cal_{h32} | read
 API key of the cloud | cal_live_{h32}
dub-token | Dub | dub_api dub_token dub.co | app.dub.co, Settings, API keys: delete it | github.com/dubinc/dub/blob/main/apps/web/app/api/tokens/route.ts | read
 API key | dub_{a24} | e3.5
kubernetes-bootstrap-token | Kubernetes | kubeadm bootstrap+token | kubeadm token delete | github.com/kubernetes/website/blob/main/content/en/docs/reference/access-authn-authz/bootstrap-tokens.md | read
 bootstrap token | {l6}.{l16} | critical
consul-token | HashiCorp Consul | consul | consul acl token delete | github.com/hashicorp/consul/blob/main/website/content/docs/security/acl/tokens/index.mdx | read
 ACL token | {uuid} | critical
nomad-token | HashiCorp Nomad | nomad | nomad acl token delete | github.com/hashicorp/nomad/blob/main/website/content/docs/commands/acl/token/create.mdx | read
 ACL token | {uuid} | critical
laravel-app-key | Laravel | laravel app_key | php artisan key:generate, then sign everybody in again | github.com/laravel/framework/blob/master/src/Illuminate/Foundation/Console/KeyGenerateCommand.php | read
 application key | base64:{s43}= base64:{s22}== | near critical
laravel-sanctum-token | Laravel Sanctum | sanctum | delete it from personal_access_tokens | github.com/laravel/sanctum/blob/4.x/src/HasApiTokens.php
 personal access token | {d1-7}¦{a40}{h8} | near read
 personal access token of the old form | {d1-7}¦{a40} {a80} | near
plausible-key | Plausible | plausible | plausible.io/settings/api-keys: revoke it | github.com/plausible/analytics/blob/master/lib/plausible/auth/api_key.ex | read
 API key | {b64}
rest-framework-token | Django REST framework | rest_framework drf_token drf_auth drf_api | delete it from authtoken_token | github.com/encode/django-rest-framework/blob/main/rest_framework/authtoken/models.py | read
 token | {h40}
netbox-token | NetBox | netbox nbt_ | NetBox, API tokens: delete it | github.com/netbox-community/netbox/blob/main/netbox/users/constants.py | read
 token | nbt_{a12}.{a40} | sure
 token of the old form | {a40}
redash-key | Redash | redash | Redash, Edit profile: regenerate the API key | github.com/getredash/redash/blob/master/redash/models/users.py | read
 API key | {a40}
intra42-secret | 42 Intranet | intra42 api.intra.42 | profile.intra.42.fr/oauth/applications: renew the secret | api.intra.42.fr/apidoc
 client secret | s-s4t2{ud/af}-{h64} | sure
settlemint-token | SettleMint | settlemint | console.settlemint.com, Access tokens: revoke it | github.com/settlemint/sdk/blob/main/sdk/utils/src/validation/access-token.schema.ts
 application or personal access token | sm_{aat/pat}_{a16} | sure read
 service access token | sm_sat_{a16} | sure
deno-deploy-token | Deno Deploy | deno_deploy deno_token deno_kv | dash.deno.com/account: revoke it | docs.deno.com/deploy/classic/
 access token | ddp_{a36} ddw_{a36} | sure
zuplo-key | Zuplo | zuplo | portal.zuplo.com, API keys: delete it | zuplo.com/docs/articles/api-key-best-practices | read
 API key | zpka_{h32}_{h8} | sure
tigris-key | Tigris | tigris | console.tigris.dev, Access keys: delete it | tigrisdata.com/docs/sdks/s3/aws-cli | read
 access key id | tid_{b20-60} | medium
 secret access key | tsec_{b40-80} | sure critical
cartesia-key | Cartesia | cartesia | play.cartesia.ai/keys: delete it | docs.cartesia.ai
 API key | sk_car_{b20-30} | sure
daytona-key | Daytona | daytona | app.daytona.io/dashboard/keys: delete it | github.com/daytonaio/daytona/blob/main/apps/api/src/api-key/api-key.service.ts | read
 API key | dtn_{h64} | sure
hex-token | Hex | hex_tech hextech hex.tech | app.hex.tech, Settings, API keys: revoke it | learn.hex.tech/docs/api/api-overview | read
 API token | hxtp_{h96} hxtw_{h96} | sure
lightdash-token | Lightdash | lightdash | app.lightdash.cloud, Personal access tokens: delete it | github.com/lightdash/lightdash/blob/main/packages/backend/src/models/DashboardModel/PersonalAccessTokenModel.ts
 personal access token | ldpat_{h32} | sure
 personal access token of the old form | {h32} | near read
retool-token | Retool | retool | Retool, Settings, API: revoke it | docs.retool.com
 access token | retool_01{u24} | sure
dagster-token | Dagster Cloud | dagster | dagster.cloud, Tokens: revoke it | docs.dagster.io
 user or agent token | {user/agent}:{w1-40}:{h32} | near
dify-key | Dify | dify | cloud.dify.ai, API access: delete it | github.com/langgenius/dify/blob/main/api/controllers/console/apikey.py
 API key | {app/ds/dataset}-{a24} | near read
bitbucket-server-token | Bitbucket Data Center | bitbucket_server bitbucket_token | Bitbucket, Manage account, HTTP access tokens: revoke it | confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
 HTTP access token | BBDC-{s40-50} | sure critical
plane-token | Plane | plane_api plane_token plane.so | app.plane.so, Settings, API tokens: revoke it | github.com/makeplane/plane/blob/preview/apps/api/plane/db/models/api.py | read
 API token | plane_api_{h32}
documenso-token | Documenso | documenso | app.documenso.com/settings/tokens: delete it | github.com/documenso/documenso/blob/main/packages/lib/server-only/public-api/create-api-token.ts | read
 API token | api_{a16} | near e2.8
outline-token | Outline | getoutline outline_api outline_key outline_token | Outline, Settings, API & apps: revoke it | github.com/outline/outline/blob/main/server/models/ApiKey.ts | read
 API key | ol_api_{w38}
nocodb-token | NocoDB | nocodb noco_token xc-token | NocoDB, Account, Tokens: delete it | github.com/nocodb/nocodb/blob/develop/packages/nocodb/src/models/ApiToken.ts | read
 API token | {b40}
langflow-key | Langflow | langflow | Langflow, Settings, API keys: delete it | github.com/langflow-ai/langflow/blob/main/src/backend/base/langflow/services/database/models/api_key/crud.py | read
 API key | sk-{b43}
hoppscotch-token | Hoppscotch | hoppscotch | hoppscotch.io/profile, Tokens: delete it | github.com/hoppscotch/hoppscotch/blob/main/packages/hoppscotch-backend/src/access-token/access-token.service.ts | read
 personal access token | pat-{uuid} | near
dependency-track-key | Dependency-Track | dependency+track dependencytrack | Dependency-Track, Access management, Teams: delete it | docs.dependencytrack.org/integrations/rest-api/
 API key | odt_{a8}_{a32} odt_{a32} | sure
infisical-token | Infisical | infisical | Infisical, Access control: revoke it | github.com/Infisical/infisical/blob/main/backend/src/services/service-token/service-token-service.ts
 service token | st.{h24}.{h32}.{h32} st.{uuid}.{h32}.{h32} st.{h24}.{h32} st.{uuid}.{h32} st.{b20-40}.{h32}.{h32} | near critical read
 client secret | {h64} | critical
dotenv-key | dotenv vault | dotenv_key dotenv_vault dotenv_me | dotenv.org: rotate the key | www.dotenv.org/docs/security/dotenv-key
 key | vlt_{h64} | sure critical
 key in a vault's address | key_{h64} | near critical
gitguardian-key | GitGuardian | gitguardian | dashboard.gitguardian.com/api/personal-access-tokens: revoke it | github.com/GitGuardian/ggshield/blob/main/README.md | read
 API key | {h72} {h64}{h8}
fleetbase-key | Fleetbase | fleetbase | console.fleetbase.io/developers: roll it | github.com/fleetbase/core-api/blob/main/src/Models/ApiCredential.php | read
 secret key | flb_{live/test}_{a12-40} | sure
trigger-dev-key | Trigger.dev | trigger_secret trigger_api trigger.dev | cloud.trigger.dev, API keys: regenerate it | github.com/triggerdotdev/trigger.dev/blob/main/apps/webapp/app/utils/apiKeys.ts
 secret key | tr_{dev/prod/stg/preview}_{a24} tr_{dev/prod/stg/preview}_sk_{a24} | sure read
 secret key of the old form | tr_{dev/prod/stg/preview}_{a20} | sure
trigger-dev-key | Trigger.dev | trigger_secret trigger_api trigger.dev | cloud.trigger.dev, API keys: regenerate it | github.com/triggerdotdev/trigger.dev/blob/main/apps/webapp/app/services/personalAccessToken.server.ts | read
 personal access token | tr_pat_{l40} | sure
trigger-dev-key | Trigger.dev | trigger_secret trigger_api trigger.dev | cloud.trigger.dev, API keys: regenerate it | github.com/triggerdotdev/trigger.dev/blob/main/apps/webapp/app/models/api-key.server.ts | read
 public key | pk_{dev/prod/stg/preview}_{a20} | near info
inngest-key | Inngest | inngest | app.inngest.com/env/production/manage: delete it | github.com/inngest/inngest-js/blob/main/packages/inngest/src/helpers/strings.ts
 signing key | signkey-{prod/test/branch}-{h32-64} signkey-{staging/dev/preview}-{h32-64} | sure read
inngest-key | Inngest | inngest | app.inngest.com/env/production/manage: delete it | github.com/inngest/inngest-js/blob/main/packages/inngest/src/helpers/consts.ts | read
 event key | {b86} | near
liveblocks-key | Liveblocks | liveblocks | liveblocks.io/dashboard, API keys: roll it | github.com/liveblocks/liveblocks/blob/main/packages/liveblocks-node/src/utils.ts | read
 secret key | sk_{prod/dev}_{b64-66} | sure
knock-key | Knock | knock_api knock_secret knock_signing knock.app !knock | dashboard.knock.app/developers: rotate it | docs.knock.app/developer-tools/api-keys
 secret API key | sk_{b40-60} sk_test_{b40-60} | near
novu-key | Novu | novu_secret novu_api !novu novu.co | dashboard.novu.co/api-keys: regenerate it | github.com/novuhq/novu/blob/next/apps/api/src/app/environments-v1/usecases/generate-unique-api-key/generate-unique-api-key.usecase.ts | read
 secret key | {h32}
svix-token | Svix | svix | dashboard.svix.com: expire it | docs.svix.com/api-keys
 token | testsk_{a30-60} sk_{a28-60}.{eu/us} | near
svix-token | Svix | svix | dashboard.svix.com, endpoint: rotate its signing secret | github.com/svix/svix-webhooks/blob/main/README.md | read
 signing key of an endpoint | whsk_{s86}==
postal-key | Postal | postal_api postal_key postal_server !postal | Postal, Credentials: delete it | github.com/postalserver/postal/blob/main/app/models/credential.rb | read
 API key | {a24}
plunk-key | Plunk | plunk | app.useplunk.com, API keys: regenerate it | github.com/useplunk/plunk/blob/main/packages/api/src/util/tokens.ts | read
 secret key | sk_{h48} | near
 public key | pk_{h48} | near info
workable-token | Workable | workable | Workable, Settings, API access tokens: revoke it | workable.readme.io
 access token | {b64} {h64}
kontent-key | Kontent.ai | kontent kentico | app.kontent.ai, API keys: regenerate it | kontent.ai/learn/docs/apis/
 API key | ew0KIC{s40-60}.{b100-300}.{b43} eyJ{b10-60}.{b100-300}.{b43} | near
autopilot-key | Ortto | autopilot_api autopilothq ortto | ortto.com, Settings, API keys: regenerate it | help.ortto.com
 API key | PRIVATE-{b60-90}-us PRIVATE-{b60-90} {h32} | near
airplane-key | Airplane | airplane_api airplane_token airplane.dev !airplane | Airplane, account settings, API: make a new key, delete the old one | docs.airplane.dev
 API key | {a32-64}
cloudelements-secret | Cloud Elements | cloudelements cloud_elements | Cloud Elements, account settings, API: make a new secret, delete the old one | developers.cloud-elements.com
 organization or user secret | {a43}= {s43}=
codequiry-key | Codequiry | codequiry | Codequiry, account settings, API: make a new key, delete the old one | codequiry.com/usage/api
 API key | {h64} {a64}
collect2-key | Collect2 | collect2 collect2.com | Collect2, account settings, API: make a new key, delete the old one | collect2.com/api
 key | {h8}-{h4}-{h4}-{h4}-{h12}
dronahq-token | DronaHQ | dronahq | DronaHQ, account settings, API: make a new token, delete the old one | docs.dronahq.com
 API token | {l50} {a50}
file-io-key | file.io | fileio_api file_io_api fileio_key www.file.io | file.io, account settings, API: make a new key, delete the old one | www.file.io/developers
 API key | {u7}-{u7}-{u7}-{u7} {u16}.{u7}-{u7}-{u7}-{u7}
getsandbox-key | Sandbox | getsandbox | Sandbox, account settings, API: make a new key, delete the old one | getsandbox.com/docs
 API key | {h8}-{h4}-{h4}-{h4}-{h12}
integromat-token | Make | integromat make_api make.com | Make, account settings, API: make a new token, delete the old one | developers.make.com/api-documentation/authentication
 API token | {uuid}
myexperiment-token | myExperiment | myexperiment | myExperiment, account settings, API: make a new token, delete the old one | wiki.myexperiment.org
 API token | {a64}
oopspam-key | OOPSpam | oopspam | OOPSpam, account settings, API: make a new key, delete the old one | www.oopspam.com/docs/
 API key | {a40}
protocolsio-token | protocols.io | protocolsio protocols.io protocols_io | protocols.io, account settings, API: make a new token, delete the old one | apidoc.protocols.io
 client access token | {l64} {h64}
stormboard-key | Stormboard | stormboard | Stormboard, account settings, API: make a new key, delete the old one | api.stormboard.com/docs
 API key | {h40}
ifttt-key | IFTTT | ifttt | IFTTT, account settings, API: make a new key, delete the old one | help.ifttt.com/hc/en-us/articles/115010230347
 webhooks key | {b43} {b22} {b20-64} | path
make-webhook | Make | make_webhook hook.eu1.make hook.eu2.make hook.us1.make hook.us2.make hook.integromat | Make, account settings, API: make a new webhook, delete the old one | www.make.com/en/help/tools/webhooks
 webhook | {l32} | path
anticaptcha-key | Anti-Captcha | anti+captcha anticaptcha | Anti-Captcha, account settings, API: make a new key, delete the old one | anti-captcha.com/apidoc
 API key | {h32}
twocaptcha-key | 2Captcha | 2captcha twocaptcha two_captcha rucaptcha | 2Captcha, account settings, API: make a new key, delete the old one | 2captcha.com/2captcha-api
 API key | {h32}
capsolver-key | CapSolver | capsolver | CapSolver, account settings, API: make a new key, delete the old one | docs.capsolver.com
 API key | CAP-{u32} | near
capmonster-key | CapMonster Cloud | capmonster | CapMonster Cloud, account settings, API: make a new key, delete the old one | docs.capmonster.cloud
 API key | {h32}
swaggerhub-key | SwaggerHub | swaggerhub swagger_hub | SwaggerHub, account settings, API: make a new key, delete the old one | support.smartbear.com/swaggerhub/docs/en/manage-resource-access/
 API key | {uuid}
neutrinoapi-key | Neutrino API | neutrino_api neutrinoapi neutrino | Neutrino API, account settings, API: make a new key, delete the old one | www.neutrinoapi.com/api/api-basics/
 API key | {a48} {a40-50}
parseur-token | Parseur | parseur | Parseur, account settings, API: make a new token, delete the old one | developer.parseur.com
 API token | {h40}
surge-token | Surge | surge_token surge_login surge.sh !surge | Surge, account settings, API: make a new token, delete the old one | surge.sh/help/integrating-with-circleci
 token | {h32}
veriphone-key | Veriphone | veriphone | Veriphone, account settings, API: make a new key, delete the old one | veriphone.io/docs
 API key | {u32} {a32}
seon-key | SEON | seon_api seon_license seon.io | SEON, account settings, API: make a new key, delete the old one | docs.seon.io
 license key | {uuid}
sift-key | Sift | sift_api sift_science siftscience sift_rest sift.com | Sift, account settings, API: make a new key, delete the old one | developers.sift.com
 API key | {h16} {h32}
castle-secret | Castle | castle_api castle.io castle_secret | Castle, account settings, API: make a new secret, delete the old one | github.com/castle/castle-node/blob/master/README.md | read
 API secret | {a32} sk_{a32} | near
fingerprint-key | Fingerprint | fingerprintjs fingerprint_api fpjs_secret fpjs.io fpjs_api | Fingerprint, account settings, API: make a new key, delete the old one | dev.fingerprint.com
 secret API key | {a20}
arkose-key | Arkose Labs | arkose | Arkose Labs, account settings, API: make a new key, delete the old one | developer.arkoselabs.com
 private key | {uuid}
datadome-key | DataDome | datadome | DataDome, account settings, API: make a new key, delete the old one | docs.datadome.co
 server key | {a15-16} {a32} {a64}
perimeterx-token | HUMAN | perimeterx px_auth px_token | HUMAN, account settings, API: make a new token, delete the old one | docs.humansecurity.com
 auth token | {a80-120} {b100-300}
geetest-key | GeeTest | geetest | GeeTest, account settings, API: make a new key, delete the old one | docs.geetest.com
 captcha key | {h32}
friendlycaptcha-key | Friendly Captcha | friendly+captcha friendlycaptcha frc_api | Friendly Captcha, account settings, API: make a new key, delete the old one | developer.friendlycaptcha.com
 API key | A1{a40-60} {u30-60} {a50-52}
appwrite-key | Appwrite | appwrite | Appwrite, account settings, API: make a new key, delete the old one | github.com/appwrite/appwrite/blob/main/src/Appwrite/Auth/Key.php
 API key | standard_{h256} account_{h256} organization_{h256} | read
nhost-secret | Nhost | nhost | Nhost, account settings, API: make a new secret, delete the old one | docs.nhost.io
 admin secret | {a32} {b30-40}
convex-key | Convex | convex_deploy convex.dev convex_admin | Convex, account settings, API: make a new key, delete the old one | github.com/get-convex/convex-backend/blob/main/npm-packages/docs/docs/cli/deploy-key-types.mdx | read
 deploy key | {prod/preview/dev/project}:{b4-64}¦{s60-400}{=} {preview/project}:{b2-64}:{b2-64}¦{s60-400}{=} | near
vanta-secret | Vanta | vanta_client vanta_api vanta_secret | Vanta, account settings, API: make a new secret, delete the old one | developer.vanta.com
 client secret | vcs_{a40-60} | near
jetbrains-space-token | JetBrains Space | jetbrains_space space_token jb_space | JetBrains Space, account settings, API: make a new token, delete the old one | www.jetbrains.com/help/space/
 permanent token | eyJ{b20-120}.eyJ{b60-600}.{b300-700} | near
quay-secret | Quay | quay_token quay_oauth quay_api quay_robot quay_password quay.io | Quay, account settings, API: make a new secret, delete the old one | github.com/quay/quay/blob/master/data/model/oauth.py
 OAuth access token or client secret | {a40} | read
posthog-key | PostHog | posthog_project | posthog.com, Project settings: nothing to do, it is meant for browsers | github.com/PostHog/posthog/blob/master/posthog/models/utils.py | read
 project API key | phc_{w32-50} | sure info
misskey-token | Misskey | misskey | Misskey, Settings, API: revoke it | github.com/misskey-dev/misskey/blob/develop/packages/backend/src/misc/generate-native-user-token.ts | read
 native token | {a16} | e3
misskey-token | Misskey | misskey_token misskey_api | Misskey, Settings, API: revoke it | misskey-hub.net/en/docs/for-developers/api/
 access token | {a32}
palantir-token | Palantir Foundry | palantir foundry_token foundry_api | Foundry, Settings, Tokens: disable it | www.palantir.com/docs/foundry/api/general/overview/authentication/
 token | eyJwbG50ciI6{b20-300}.{b20-800}.{b40-400} | sure critical
contribsys-credentials | Contributed Systems | contribsys sidekiq_pro sidekiq_enterprise | billing.contribsys.com: reset it | github.com/sidekiq/sidekiq/wiki/Commercial-FAQ
 credentials of the gem server | {h8}:{h8} | e2
`;
