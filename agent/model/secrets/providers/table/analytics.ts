/** What counts, tests and switches: analytics, experiments, feature flags, session replay, surveys. */
export const analytics = `
amplitude-key | Amplitude | amplitude | app.amplitude.com, Organization settings, Projects: rotate it | amplitude.com/docs/apis/keys-and-tokens
 API or secret key | {h32} | page
appsflyer-token | AppsFlyer | appsflyer apps_flyer | AppsFlyer, Security center, API tokens: rotate it | support.appsflyer.com/hc/en-us/articles/360004562377
 API token | eyJ{b20-300}.eyJ{b40-900}.{b40-700} {a22} | near
baremetrics-api-key | Baremetrics | baremetrics | app.baremetrics.com/settings/api: delete it | developers.baremetrics.com
 API key | {b22-40} lk_{a20-40} sk_{a20-40} | near
beamer-api-key | Beamer | beamer_api beamer_key beamer-api getbeamer.com !beamer | app.getbeamer.com/settings: reset it | www.getbeamer.com/api
 API key | b_{b44}={=} b_{b44} | near
braze-api-key | Braze | braze | Braze, Settings, API keys: delete it | www.braze.com/docs/api/basics/
 REST API key | {uuid}
chameleon-token | Chameleon | chameleon_account chameleon_api chameleon.io !chameleon | app.chameleon.io/settings/tokens: delete it | developers.chameleon.io
 account secret | {a40-80}-{a4-20} {a30-90}
chartmogul-api-key | ChartMogul | chartmogul | app.chartmogul.com/#/admin/api: delete it | dev.chartmogul.com/docs/authentication
 API key | {h32}
clearbit-api-key | Clearbit | clearbit | dashboard.clearbit.com/api: reset it | github.com/clearbit/clearbit-python/blob/master/README.md | read
 API key | sk_{h32} sk_{a32-40} {h35} | near
configcat-key | ConfigCat | configcat | app.configcat.com, SDK keys: revoke it | configcat.com/docs/advanced/public-api/
 SDK key | configcat-sdk-1/{b22}/{b22} {b22}/{b22} | near
 management API password | {h64}
devcycle-key | DevCycle | devcycle dvc_server | app.devcycle.com, Settings, Keys: reset it | github.com/DevCycleHQ/devcycle-docs/blob/main/docs/essentials/keys.md | read
 server SDK key | dvc_server_{w32-50}
 mobile SDK key | dvc_mobile_{w32-50} | low
delighted-api-key | Delighted | delighted | app.delighted.com/account/api: reset it | github.com/delighted/delighted-python/blob/master/README.md | read
 API key | {a32}
eppo-key | Eppo | eppo_api eppo_sdk eppo-api !eppo geteppo.com eppo.cloud | eppo.cloud, Configuration, SDK keys: delete it | docs.geteppo.com/sdks/sdk-keys/
 SDK key | {b30-60} {b30-60}.{b20-90}
flagsmith-key | Flagsmith | flagsmith | Flagsmith, Environment settings, SDK keys: delete it | github.com/Flagsmith/flagsmith/blob/main/api/environments/api_keys.py
 server-side environment key | ser.{a22} | sure read
 organisation API key | {a8}.{a32} | near
fullstory-api-key | FullStory | fullstory | app.fullstory.com, Settings, API keys: delete it | developer.fullstory.com/server/authentication/
 API key | {na1/eu1}.{s80-140}{=} na1.{s60-140}
geckoboard-api-key | Geckoboard | geckoboard | app.geckoboard.com/account: regenerate it | developer.geckoboard.com
 API key | {a44} {h32}
growthbook-key | GrowthBook | growthbook gb_sdk | app.growthbook.io/settings/keys: delete it | github.com/growthbook/growthbook/blob/main/packages/back-end/src/models/ApiKeyModel.ts | read
 secret key | secret_{user/admin/readonly/visualEditor}_{a36-44} secret_{a36-44} secret_{user/admin/readonly}_{b30-60} | near
growthbook-key | GrowthBook | growthbook gb_sdk | app.growthbook.io, SDK connections: make a new connection | github.com/growthbook/growthbook/blob/main/packages/back-end/src/models/ApiKeyModel.ts | read
 key that decrypts an SDK’s payload | {s22}== | near medium
hotjar-token | Hotjar | hotjar | insights.hotjar.com, API tokens: revoke it | help.hotjar.com
 API token | {b32-80}
heap-api-key | Heap | heap_api heapanalytics heap+analytics | heapanalytics.com/app/manage: regenerate it | developers.heap.io/reference/authentication
 API key | {h32-64} {b30-64}
june-key | June | june_write june_api june.so | analytics.june.so, Settings, Integrations: rotate it | www.june.so/docs
 write key | {a16}
keen-key | Keen | keen_write keen_read keen_master keenio keen_api keen.io !keen | keen.io, Project, Access: revoke it | keen.io/docs/access/access-keys/
 access key | {H64} {x64} {x128-200}
klaviyo-api-key | Klaviyo | klaviyo | klaviyo.com/account#api-keys-tab: delete it | developers.klaviyo.com/en/docs/retrieve_api_credentials | read
 private API key | pk_{h34} pk_{a6}_{h34} | near
logrocket-api-key | LogRocket | logrocket | app.logrocket.com, Settings, API keys: delete it | docs.logrocket.com/reference/data-export-api
 API key | {a5-12}:{a4-20}:{a20} {a5-12}:{a4-20}:{a16-40}
mixpanel-key | Mixpanel | mixpanel mix_panel | mixpanel.com, Project settings, Access keys: rotate it | developer.mixpanel.com/reference/authentication
 API secret or project token | {h32} | page
 service account secret | {a32}
optimizely-token | Optimizely | optimizely | app.optimizely.com/v2/profile/api: revoke it | docs.developers.optimizely.com/web-experimentation/docs/personal-token
 personal access token | {x2}:{b50-64} {x1}:{b50-64} {b54-70}
 SDK key | {a20-24} | medium
productboard-token | Productboard | productboard | Productboard, Settings, Integrations, Public API: revoke it | developer.productboard.com/docs/authentication
 API token | eyJ{b10-100}.eyJ{b20-600}.{b40-700} | near
retently-api-key | Retently | retently | app.retently.com, Settings, API: reset it | www.retently.com/api/
 API key | {a40} {h32-64}
rollout-key | CloudBees Feature Management | rollout_key rox_key rollout_api rollout.io !rollout | app.rollout.io: regenerate it | docs.cloudbees.com/docs/cloudbees-feature-management/latest/
 environment key | {h24} {uuid} | medium
satismeter-key | SatisMeter | satismeter | app.satismeter.com, API: reset it | help.satismeter.com
 API key | {a16} {a24-40}
segment-token | Segment | segment_api segment_write segment_token segment_key segment-api segment-write segment.io segment.com | app.segment.com, Access management, Tokens: remove it | docs.segmentapis.com/tag/Getting-Started
 public API token | sgp_{a64}
 write key or API token | {a32} | near page
 API token | {b43} {b40}.{b43} {b85-90} | near
split-api-key | Split | split_api split_sdk splitio split.io split_io | app.split.io, Admin settings, API keys: revoke it | docs.split.io/reference/authentication
 API key | {l48-60} {a36}
statsig-key | Statsig | statsig | console.statsig.com/api_keys: rotate it | docs.statsig.com/access-management/api-keys | read
 server secret | secret-{a40-50} | near
 console API key | console-{a40-50} | near
 client key | client-{a40-50} | near info
survicate-api-key | Survicate | survicate | panel.survicate.com, Settings, API: reset it | developers.survicate.com/data-export/setup/
 API key | {a20} {h32} {a32-64}
totango-key | Totango | totango | Totango, Settings, API: reset it | support.totango.com
 API token | {h40} {b40-64}
unleash-token | Unleash | unleash_api unleash_token unleash_client unleash-api unleash_backend !unleash getunleash | Unleash, Admin, API access: delete it | github.com/Unleash/unleash/blob/main/website/docs/reference/api-tokens-and-client-keys.mdx | read
 API token | {*/default/development/production}:{*/development/production/default}.{h56-64} {b1-40}:{b1-40}.{h56-64} user:{h56} | near
userflow-api-key | Userflow | userflow | Userflow, Settings, API: delete it | docs.userflow.com/docs/api
 API key | userflow_{a20-60} ak_{a20-60} {a26} | near
usersnap-key | Usersnap | usersnap | app.usersnap.com: reset it | help.usersnap.com
 API key | {uuid} {a32-64}
woopra-key | Woopra | woopra | woopra.com, Settings, Access: reset it | docs.woopra.com/reference/authentication
 secret key | {a32-64} {a20-40}
metrilo-key | Metrilo | metrilo | Metrilo, account settings, API: make a new key, delete the old one | www.metrilo.com
 API key | {h16} {a16}
pendo-key | Pendo | pendo_api pendo_integration pendo_key pendo.io !pendo | Pendo, account settings, API: make a new key, delete the old one | engageapi.pendo.io
 integration key | {uuid} {uuid}.{a2-6}
refiner-key | Refiner | refiner_api refiner.io | Refiner, account settings, API: make a new key, delete the old one | refiner.io/docs/api/
 API key | {uuid}
`;
