/** What offices and shops run on, and the smaller services beside them: time, leads, surveys, signatures, tests. */
export const offices = `
blazemeter-key | BlazeMeter | blazemeter | a.blazemeter.com/app/#/settings/api-keys: delete it | help.blazemeter.com/docs/guide/api-blazemeter-api-keys.html
 API key | {h64} {h24} {h80}
borgbase-token | BorgBase | borgbase | www.borgbase.com/account, API: delete it | docs.borgbase.com/api
 API token | eyJ{b20-60}.eyJ{b40-400}.{b40-90} {b40-90} | near
budibase-key | Budibase | budibase | Budibase, account menu: regenerate the API key | docs.budibase.com/docs/rest-api
 API key | {h64} {b40-90}
detectify-key | Detectify | detectify | detectify.com, Settings, API keys: delete it | developer.detectify.com
 API key | {h32} {uuid}
everhour-key | Everhour | everhour | app.everhour.com/#/account/profile: regenerate it | everhour.docs.apiary.io
 API key | {h4}-{h4}-{h6}-{h6}-{h8} {a20-40}
flexport-key | Flexport | flexport | app.flexport.com, API keys: delete it | docs.developers.flexport.com
 API key | {b43} shltm_{b40} | near
fulcrum-token | Fulcrum | fulcrum_api fulcrum_token fulcrumapp | web.fulcrumapp.com/settings/api: delete it | docs.fulcrumapp.com
 API token | {h80} {h32}
groovehq-token | Groove | groovehq groove_api | Groove, Settings, API: reset it | www.groovehq.com/docs
 API token | {h64}
gyazo-token | Gyazo | gyazo | gyazo.com/oauth/applications: revoke it | gyazo.com/api/docs
 API token | {b43} {h64}
happyscribe-key | HappyScribe | happyscribe happy_scribe | happyscribe.com/account: regenerate it | dev.happyscribe.com
 API key | {a24} {a20-40}
helpcrunch-key | HelpCrunch | helpcrunch help_crunch | HelpCrunch, Settings, Public API: delete it | docs.helpcrunch.com
 API key | {s330-400}{=} {a40-64}
leadfeeder-token | Leadfeeder | leadfeeder | app.leadfeeder.com, Settings, API tokens: delete it | docs.leadfeeder.com/api/
 API token | {b43} {h40}
lemlist-key | lemlist | lemlist | app.lemlist.com, Settings, Integrations: regenerate it | developer.lemlist.com
 API key | {h32}
liveagent-key | LiveAgent | liveagent live_agent | LiveAgent, Configuration, API: delete it | support.liveagent.com
 API key | {a32}
mailsac-key | Mailsac | mailsac | mailsac.com/v2/credentials: delete it | mailsac.com/docs/api
 API key | k_{a40-60} {a80} | near
mavenlink-token | Kantata | mavenlink kantata | app.mavenlink.com, Settings, Applications: reset it | developer.kantata.com
 API token | {h64}
meistertask-token | MeisterTask | meistertask mindmeister meisterlabs | mindmeister.com/api: revoke it | developers.meistertask.com
 API token | {a43} {b43}
mesibo-token | Mesibo | mesibo | mesibo.com/console: regenerate it | mesibo.com/documentation/api/
 API token | {h64} {l60-72}
nethunt-key | NetHunt | nethunt | nethunt.com, Settings, Integrations: regenerate it | nethunt.com/integration-api
 API key | {uuid}
newscatcher-key | NewsCatcher | newscatcher | app.newscatcherapi.com: reset it | docs.newscatcherapi.com
 API key | {b43} {a32}
currents-key | Currents | currentsapi currents_api currents_record | currentsapi.services/profile: reset it | currentsapi.services/en/docs/
 API key | {b48} {b43} {a16}
onfleet-key | Onfleet | onfleet | onfleet.com/dashboard#/api: revoke it | docs.onfleet.com/reference/authentication
 API key | {h32}
parsehub-key | ParseHub | parsehub | parsehub.com, Account: reset it | www.parsehub.com/docs/ref/api/v2/
 API key | t{a24-28} {b24} | near
partnerstack-key | PartnerStack | partnerstack | app.partnerstack.com/settings/integrations: regenerate it | docs.partnerstack.com
 API key | sk_{a32} pk_{a32} {h64} | near
peopledatalabs-key | People Data Labs | people+data+labs peopledatalabs pdl_api | dashboard.peopledatalabs.com: reset it | docs.peopledatalabs.com/docs/authentication
 API key | {h64}
pipedream-key | Pipedream | pipedream | pipedream.com/settings/account: revoke it | pipedream.com/docs/rest-api/auth
 API key | {h32}
podio-secret | Podio | podio | podio.com/settings/api: reset it | developers.podio.com/authentication
 client secret | {a64}
qase-token | Qase | qase | app.qase.io/user/api/token: delete it | developers.qase.io
 API token | {h40} {h64}
scrapingant-key | ScrapingAnt | scraping+ant | app.scrapingant.com: regenerate it | docs.scrapingant.com
 API key | {h32}
signalwire-token | SignalWire | signalwire | SignalWire, API: delete the token | developer.signalwire.com
 API token | PT{h48} PSK_{a24} | near
streak-key | Streak | streak_api streak_key streakapi | streak.com, Integrations: delete the key | streak.readme.io
 API key | {h32}
surveysparrow-token | SurveySparrow | surveysparrow survey_sparrow | SurveySparrow, Settings, Apps: regenerate it | developers.surveysparrow.com
 API token | {b88} {b60-100}
timecamp-token | TimeCamp | timecamp | app.timecamp.com/app#/settings/users/me: renew it | developer.timecamp.com
 API token | {h26} {h32}
ubidots-token | Ubidots | ubidots | Ubidots, API credentials: regenerate it | docs.ubidots.com/v1.6/reference/authentication
 API token | {BBFF/BBUS}-{a30} {a30} | near
uplead-key | UpLead | uplead | app.uplead.com/api-settings: regenerate it | docs.uplead.com
 API key | {h32}
vagrant-cloud-token | Vagrant Cloud | vagrant_cloud vagrantcloud atlas_token | app.vagrantup.com/settings/security: delete it | developer.hashicorp.com/vagrant/vagrant-cloud
 API token | {b60-90}
xero-secret | Xero | xero | developer.xero.com/app/manage: generate a new secret, delete the old one | developer.xero.com/documentation/guides/oauth2/auth-flow/
 client secret | {b48} {b30} {u30}
yousign-key | Yousign | yousign | app.yousign.com, API keys: delete it | developers.yousign.com/docs/set-up-your-account
 API key | {a32} {h32}
zeplin-token | Zeplin | zeplin | app.zeplin.io/profile/developer: delete it | docs.zeplin.dev/reference/authentication
 API token | eyJ{b20-60}.eyJ{b60-400}.{b43} {h64} | near
zenkit-key | Zenkit | zenkit | base.zenkit.com, Profile, API: renew it | base.zenkit.com/docs/api
 API key | {l8}-{a32} {a40-64}
tmetric-token | TMetric | tmetric | app.tmetric.com/#/profile: regenerate it | tmetric.com/help
 API token | {U64} {a64}
`;
