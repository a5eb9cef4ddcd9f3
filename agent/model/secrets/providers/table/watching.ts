/** What watches and what guards: monitoring, logs, incidents, security testing, vaults. */
export const watching = `
aikido-secret | Aikido | aikido | app.aikido.dev/settings/integrations: revoke it | apidocs.aikido.dev
 API client secret | AIK_SECRET_{b40-80}
 CI token | AIK_CI_{b40-80}
akeyless-key | Akeyless | akeyless | console.akeyless.io, Auth methods: delete the key | docs.akeyless.io
 access key | {s43}= {s40-44}
airbrake-key | Airbrake | airbrake | airbrake.io, Project settings: regenerate it | github.com/airbrake/airbrake-ruby/blob/master/README.md
 project key | {h32} | read
 user key | {h40}
appdynamics-key | AppDynamics | appdynamics appd_ | AppDynamics, Licence: ask for a new access key | docs.appdynamics.com
 access key or secret | {l12} {uuid} | e2.6
appoptics-token | AppOptics | appoptics | my.appoptics.com, API tokens: delete it | docs.appoptics.com
 API token | {b71} {h64}
atatus-key | Atatus | atatus | atatus.com, Settings: regenerate it | docs.atatus.com
 API or licence key | {h32}
axiom-token | Axiom | axiom_token axiom_api axiom-token axiom_key !axiom axiom.co | app.axiom.co/settings: delete it | github.com/axiomhq/axiom-go/blob/main/internal/config/token.go
 API token | {xaat/xapt}-{uuid} | sure read
 ingest token | xait-{uuid} | sure
betterstack-token | Better Stack | better+stack better+uptime logtail | betterstack.com/settings/api-tokens: delete it | github.com/BetterStackHQ/terraform-provider-better-uptime/blob/master/README.md
 API token | {a24} | read
 source token | {a24} {a32}
bugsnag-key | BugSnag | bugsnag bug_snag | app.bugsnag.com/settings: regenerate it | github.com/bugsnag/bugsnag-go/blob/master/configuration.go
 auth token | {uuid}
 notifier key | {h32} | low read
catchpoint-key | Catchpoint | catchpoint | portal.catchpoint.com: reset it | docs.catchpoint.com
 client secret or key | {uuid} {h64}
checkly-key | Checkly | checkly | app.checklyhq.com/settings/user/api-keys: delete it | github.com/checkly/terraform-provider-checkly/blob/master/README.md | read
 API key | cu_{h32} {h32} | near
chronosphere-token | Chronosphere | chronosphere | Chronosphere, Service accounts: delete it | github.com/chronosphereio/terraform-provider-chronosphere/blob/main/docs/index.md | read
 API token | {h64}
coralogix-key | Coralogix | coralogix | coralogix.com, Data flow, API keys: delete it | github.com/coralogix/terraform-provider-coralogix/blob/master/docs/index.md | read
 API key | {cxtp/cxup}_{a30} {uuid} | near
cronitor-key | Cronitor | cronitor | cronitor.io/app/settings/api: reset it | cronitor.io/docs/api-keys
 API key | {h32} {h30-40}
datadog-key | Datadog | datadog dd_api dd_app dd-api dd-app data_dog dd_client ddapi | app.datadoghq.com/organization-settings/api-keys: revoke it | github.com/DataDog/datadog-agent/blob/main/pkg/util/scrubber/default.go
 API key | {h32} | read
 application key | {h40} | read
 application key of the new form | ddapp_{a34} | sure read
 client token | pub{h32} | near info
deadmanssnitch-key | Dead Man's Snitch | deadmanssnitch dead_mans_snitch | deadmanssnitch.com/account/keys: delete it | github.com/deadmanssnitch/snitcher | read
 API key | {h32} {h40}
dynatrace-token | Dynatrace | dynatrace | Dynatrace, Access tokens: delete it | docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens | read
 token | dt0{c01/s01/s02/s03/s08/s16}.{u8-24}.{u64} | near
ghostinspector-key | Ghost Inspector | ghost+inspector | app.ghostinspector.com/account: reset it | ghostinspector.com/docs/api/
 API key | {h40}
grafana-token | Grafana | grafana | Grafana, Administration, Service accounts: delete it | github.com/grafana/grafana/blob/main/pkg/components/apikeygen/apikeygen.go | read
 API key | eyJrIjoi{s40-120}{=} | sure
groundcover-key | Groundcover | groundcover | app.groundcover.com, API keys: revoke it | docs.groundcover.com
 API key | gcsa_{a60-90}
healthchecks-key | Healthchecks.io | healthchecks hc_ping | healthchecks.io, Project settings: revoke it | github.com/healthchecks/healthchecks/blob/master/hc/accounts/models.py
 API key | hcw_{b28} hcr_{b28} | near
 API key of the old form | {b32} | near read
honeybadger-key | Honeybadger | honeybadger | app.honeybadger.io/users/edit: reset it | docs.honeybadger.io/lib/javascript/guides/check-ins/ | read
 API key or auth token | {a20} hbp_{a36} | near e2.8
honeycomb-key | Honeycomb | honeycomb | ui.honeycomb.io, Environment settings, API keys: delete it | github.com/honeycombio/husky/blob/main/otlp/common.go
 API key | {a22}
 classic API key | {h32} | read
hyperping-key | Hyperping | hyperping | app.hyperping.io: regenerate it | hyperping.com/docs/api
 API key | sk_{h32} {h40} | near
incident-io-key | incident.io | incident_io incidentio incident.io | app.incident.io/settings/api-keys: delete it | api-docs.incident.io
 API key | inc_{h64} inc_{b40-90} | sure
instana-token | Instana | instana | Instana, Settings, API tokens: delete it | www.ibm.com/docs/en/instana-observability
 API or agent token | {b22}
instatus-key | Instatus | instatus | dashboard.instatus.com/developer: reset it | instatus.com/help/api
 API key | {h32}
komodor-key | Komodor | komodor | app.komodor.com, Settings, API keys: revoke it | help.komodor.com
 API key | {uuid}
lacework-secret | Lacework | lacework lw_api | Lacework, API keys: disable it | github.com/lacework/terraform-provider-lacework/blob/main/website/docs/index.html.markdown | read
 secret key | _{h32} | near
lightstep-token | Lightstep | lightstep ls_access | app.lightstep.com, Access tokens: revoke it | docs.lightstep.com
 access token or API key | {s130-150} {s44}{=} eyJ{b10-80}.eyJ{b40-300}.{b40-100} | near
logdna-key | Mezmo | logdna mezmo | app.mezmo.com, Organization, API keys: delete it | docs.mezmo.com
 ingestion or service key | {h32} sts_{h32} | near
loggly-token | Loggly | loggly | loggly.com, Source setup, Customer tokens: retire it | documentation.solarwinds.com/en/success_center/loggly/
 customer or API token | {uuid}
logicmonitor-key | LogicMonitor | logicmonitor logic_monitor lm_access | LogicMonitor, Settings, Users, API tokens: delete it | www.logicmonitor.com/support/settings/users-and-roles/api-tokens
 bearer token | lmb_{s60-140}{=} | sure
 access key | lma_{t40-70} | sure
logzio-token | Logz.io | logzio logz_io logz.io | app.logz.io/#/dashboard/settings/manage-tokens: delete it | docs.logz.io
 API or shipping token | {a32} {uuid}
moesif-key | Moesif | moesif | moesif.com, API keys: rotate it | www.moesif.com/docs/
 application id | eyJ{b20-100}.eyJ{b60-200}.{b43} | near
newrelic-key | New Relic | new+relic nr_license nr_api nria_license | one.newrelic.com, API keys: delete it | docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
 REST API key | NRRA-{h42} | sure
 browser key | NRJS-{h19} | sure info
newrelic-key | New Relic | new+relic nr_license nr_api nria_license | one.newrelic.com, API keys: delete it | github.com/newrelic/terraform-provider-newrelic/blob/main/website/docs/index.html.markdown | read
 Insights key | NR{II/IQ}-{b32} {b32} {b47} | near
nightfall-key | Nightfall | nightfall | app.nightfall.ai, API keys: revoke it | help.nightfall.ai
 API key | NF-{b32} | sure
opsgenie-key | Opsgenie | opsgenie ops_genie | app.opsgenie.com/settings/api-key-management: delete it | github.com/opsgenie/terraform-provider-opsgenie/blob/master/website/docs/index.html.markdown | read
 API key | {uuid}
orcasecurity-token | Orca Security | orca_security orcasecurity orca_api | app.orcasecurity.io/settings/api-tokens: delete it | docs.orcasecurity.io
 API token | {b100-600} {a40-100}
pagerduty-token | PagerDuty | pager+duty pd_api pd_token pd_service pd_integration pd_routing | PagerDuty, Integrations, API access keys: remove it | support.pagerduty.com/docs/using-the-api
 API key | {u/y/e/w/r}+{b18} {b20} | e3.4 read
 integration key | {h32} | medium
 OAuth token or secret | pdus+_0XBPWQQ_{uuid} pd{us/eu}+_{b40-120} | sure
papertrail-token | Papertrail | papertrail | papertrailapp.com/account/profile: reset it | www.papertrail.com/help/http-api/
 API token | {b20} {a18-22} | e3.2
pingdom-token | Pingdom | pingdom | my.pingdom.com/app/api-tokens: revoke it | docs.pingdom.com/api/
 API token | {b87} {b86-160}
prisma-cloud-key | Prisma Cloud | prisma_cloud prismacloud twistlock bridgecrew bc_api | Prisma Cloud, Access keys: deactivate it | docs.prismacloud.io
 secret key | {s27}= {uuid}
qualys-password | Qualys | qualys | Qualys, Users: change the password | docs.qualys.com
 API password | {t10-40} | unsure
rapid7-key | Rapid7 | rapid7 logentries insight_api insightops | insight.rapid7.com/platform#/apiKeyManagement: delete it | docs.rapid7.com/insight/managing-platform-api-keys/
 API key | {uuid}
raygun-key | Raygun | raygun | app.raygun.com, Application settings: regenerate it | raygun.com/documentation/product-guides/public-api/
 API key | {s22}{=} {a20-24} | medium
rollbar-token | Rollbar | rollbar | rollbar.com, Project access tokens: revoke it | github.com/rollbar/terraform-provider-rollbar/blob/master/docs/index.md | read
 access token | {h32} {h128} | page
rootly-key | Rootly | rootly | rootly.com/account/api_keys: revoke it | docs.rootly.com/api-reference/overview
 API key | rootly_{h64}
scalyr-key | Scalyr | scalyr dataset_api | app.scalyr.com/keys: delete it | app.scalyr.com/help/api
 API key | {b42-48} | near
scout-key | Scout APM | scout_apm scout_key scoutapm scout_apm_key | scoutapm.com, Settings: regenerate it | scoutapm.com/docs
 agent key | {a20}
securitytrails-key | SecurityTrails | security+trails | securitytrails.com/app/account/credentials: delete it | docs.securitytrails.com
 API key | {a32}
sentry-token | Sentry | sentry | sentry.io, Settings, Auth tokens: revoke it | docs.sentry.io/security-legal-pii/security/token-formats/ | read
 auth token | {h64} | near
 integration or app token | sntryi_{h64} sntrya_{h64} | sure
signalfx-token | Splunk Observability | signalfx splunk_access splunk_observability splunk_realm sfx_token | Splunk Observability, Settings, Access tokens: rotate it | github.com/splunk-terraform/terraform-provider-signalfx/blob/main/docs/index.md | read
 access token | {b22}
signoz-key | SigNoz | signoz | SigNoz, Settings, Ingestion: rotate it | signoz.io/docs/ingestion/signoz-cloud/keys/
 ingestion or API key | {uuid} {s44}{=}
site24x7-key | Site24x7 | site24x7 | site24x7.com, Admin, Developer: regenerate it | www.site24x7.com/help/api/
 device key | {u2-4}_{h32} {h32-40}
spacelift-token | Spacelift | spacelift | app.spacelift.io/settings/api-keys: delete it | github.com/spacelift-io/terraform-provider-spacelift/blob/main/docs/index.md | read
 API key secret | {h64} {b60-500}
splunk-token | Splunk | splunk splunk_hec hec_token | Splunk, Settings, Data inputs, HTTP event collector: delete it | help.splunk.com/splunk-enterprise/get-data-in/collect-http-event-data/format-events-for-http-event-collector | read
 HEC token | {uuid}
spotinst-token | Spot by Flexera | spotinst spot_token spotinst_token spot.io spotinst.io | console.spotinst.com, Settings, API: revoke it | github.com/spotinst/terraform-provider-spotinst/blob/main/docs/index.md | read
 API token | {h64}
stackhawk-key | StackHawk | stackhawk hawk_api | app.stackhawk.com/settings/apikeys: delete it | docs.stackhawk.com/ai-security/agent-skills/agy/ | read
 API key | hawk.{b20}.{b20} | sure
statuscake-key | StatusCake | statuscake | app.statuscake.com/User.php: delete it | github.com/StatusCakeDev/terraform-provider-statuscake/blob/master/docs/index.md | read
 API key | {a20} {a28-32}
statuspage-key | Statuspage | status+page | manage.statuspage.io, API info: delete it | developer.statuspage.io
 API key | {uuid} {h64}
sumologic-key | Sumo Logic | sumo+logic sumo_access sumo_key | service.sumologic.com, Preferences: deactivate it | github.com/SumoLogic/terraform-provider-sumologic/blob/master/website/docs/index.html.markdown | read
 access key | {a64} | critical
 access id | su{a12} | near medium
sysdig-token | Sysdig | sysdig | app.sysdigcloud.com/#/settings/user: reset it | github.com/sysdiglabs/terraform-provider-sysdig/blob/master/website/docs/index.md | read
 API token | {uuid}
tenable-key | Tenable | tenable nessus tio_ | cloud.tenable.com, My account, API keys: regenerate it | docs.tenable.com/security-center/api_best_practices/Content/APIKeyAuthorization.htm | read
 access or secret key | {h64}
thousandeyes-token | ThousandEyes | thousand+eyes | app.thousandeyes.com, Account settings: revoke it | docs.thousandeyes.com
 token | {uuid} {a32}
tines-webhook | Tines | tines | Tines, Story: change the webhook's secret | www.tines.com/docs/actions/types/webhook/
 webhook | tines.com/webhook/{h32}/{h32} tines.io/webhook/{h32}/{h32}
uptimerobot-key | UptimeRobot | uptime+robot | dashboard.uptimerobot.com/integrations: delete it | uptimerobot.com/api/
 API key | {u/m}{d6-9}-{h32} ur{d6-9}-{h24} {u/m}{d6-9}-{h24} | sure
vault-token | HashiCorp Vault | vault | run vault token revoke | github.com/hashicorp/vault/blob/main/website/content/docs/concepts/tokens.mdx | read
 token of the old form | {s/b/r}.{a24} | near critical
veracode-key | Veracode | veracode | analysiscenter.veracode.com, API credentials: revoke it | docs.veracode.com/r/Troubleshoot_API_credentials | read
 API secret key | {h128} vera01{e/g}s-{h128} | near
 API id | {h32} vera01{e/g}i-{h32} | near low
victorops-key | Splunk On-Call | victorops victor_ops splunk_oncall | portal.victorops.com, Integrations, API: delete it | help.victorops.com
 API key | {h32} {uuid}
wavefront-token | Wavefront | wavefront | Wavefront, Service accounts: revoke it | github.com/vmware/terraform-provider-wavefront/blob/master/docs/index.md | read
 API token | {uuid}
uptime-com-token | Uptime.com | uptime_com uptimecom | uptime.com/api/tokens: delete it | support.uptime.com
 API token | {h40}
wiz-secret | Wiz | wiz_client wiz_api wiz_secret !wiz wiz.io | app.wiz.io/settings/service-accounts: rotate it | docs.wiz.io
 client secret | {a64}
zenduty-key | Zenduty | zenduty | zenduty.com, Account, API keys: delete it | docs.zenduty.com
 API key | {h40}
apimetrics-token | APImetrics | apimetrics api_metrics | APImetrics, account settings, API: make a new token, delete the old one | docs.apimetrics.io
 API token | {a32} {b32}
atera-key | Atera | atera_api atera_key atera.com !atera | Atera, account settings, API: make a new key, delete the old one | app.atera.com/apidocs
 API key | {h32} {l32}
dareboost-token | Dareboost | dareboost | Dareboost, account settings, API: make a new token, delete the old one | www.dareboost.com/en/documentation-api
 API token | {a60}
gtmetrix-key | GTmetrix | gtmetrix | GTmetrix, account settings, API: make a new key, delete the old one | gtmetrix.com/api/docs/2.0/
 API key | {h32}
unplugg-token | Unplu.gg | unplugg unplu.gg | Unplu.gg, account settings, API: make a new token, delete the old one | unplu.gg
 token | {h64}
websitepulse-key | WebsitePulse | websitepulse | WebsitePulse, account settings, API: make a new key, delete the old one | www.websitepulse.com/help
 API key | {h32}
greynoise-key | GreyNoise | greynoise grey_noise | GreyNoise, account settings, API: make a new key, delete the old one | docs.greynoise.io
 API key | {a64} {a48}
uptrace-token | Uptrace | uptrace | Uptrace, account settings, API: make a new token, delete the old one | uptrace.dev/get/api
 token | {b22} {b20-24}
dash0-token | Dash0 | dash0 | Dash0, account settings, API: make a new token, delete the old one | github.com/dash0hq/dash0-cli/blob/main/README.md | read
 auth token | auth_{a32} | near
firehydrant-key | FireHydrant | firehydrant | FireHydrant, account settings, API: make a new key, delete the old one | docs.firehydrant.com
 API key | fhb-{h32} fhb-{a32-40} | near
openobserve-token | OpenObserve | openobserve zo_root | OpenObserve, account settings, API: make a new token, delete the old one | openobserve.ai/docs
 token | {s40-80}{=} {a16}
last9-token | Last9 | last9_api last9_token | Last9, account settings, API: make a new token, delete the old one | docs.last9.io
 token | {h32} {b40-64}
newrelic-key | New Relic | new+relic nr_license newrelic_license nria_license | one.newrelic.com, API keys: delete it | newrelic.com/blog/how-to-relic/managing-new-relic-keys-with-nerdgraph | read
 licence key | {h40} | near
`;
