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
peopledatalabs-key | People Data Labs | people+data+labs peopledatalabs pdl_api | dashboard.peopledatalabs.com: reset it | github.com/peopledatalabs/peopledatalabs-js/blob/main/README.md | read
 API key | {h64}
pipedream-key | Pipedream | pipedream | pipedream.com/settings/account: revoke it | pipedream.com/docs/rest-api/auth
 API key | {h32}
podio-secret | Podio | podio | podio.com/settings/api: reset it | developers.podio.com/authentication
 client secret | {a64}
qase-token | Qase | qase | app.qase.io/user/api/token: delete it | github.com/qase-tms/qase-javascript/blob/master/qase-jest/README.md | read
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
accredible-key | Accredible | accredible | Accredible, account settings, API: make a new key, delete the old one | accrediblecredentialapi.docs.apiary.io
 API key | {h32} {a32}
acuity-scheduling-key | Acuity Scheduling | acuity_scheduling acuityscheduling acuity_api | Acuity Scheduling, account settings, API: make a new key, delete the old one | developers.acuityscheduling.com/docs/authentication
 API key | {h32}
agencyzoom-key | AgencyZoom | agencyzoom | AgencyZoom, account settings, API: make a new key, delete the old one | app.agencyzoom.com/openapi
 API key | {a32-64}
alegra-token | Alegra | alegra | Alegra, account settings, API: make a new token, delete the old one | developer.alegra.com
 API token | {l20} {h20}
alconost-key | Alconost | alconost | Alconost, account settings, API: make a new key, delete the old one | api.alconost.com
 API key | {a32}
apideck-key | Apideck | apideck | Apideck, account settings, API: make a new key, delete the old one | developers.apideck.com/get-started
 API key | sk_live_{b90-120} sk_test_{b90-120} | near
appointedd-key | Appointedd | appointedd | Appointedd, account settings, API: make a new key, delete the old one | developers.appointedd.com
 API key | {a88} {s86}{=}
apptivo-key | Apptivo | apptivo | Apptivo, account settings, API: make a new key, delete the old one | developer.apptivo.com
 API key | {a36} {b32} {a32-44}
axonaut-key | Axonaut | axonaut | Axonaut, account settings, API: make a new key, delete the old one | axonaut.com/api/v2/doc
 API key | {h32} {l32}
beebole-token | Beebole | beebole | Beebole, account settings, API: make a new token, delete the old one | beebole.com/help/api/
 API token | {l40} {h40}
billomat-key | Billomat | billomat | Billomat, account settings, API: make a new key, delete the old one | www.billomat.com/en/api/basics/authentication/
 API key | {h32} {l32}
boostnote-token | Boost Note | boostnote | Boost Note, account settings, API: make a new token, delete the old one | developer.boostnote.io
 API token | {h64}
caflou-token | Caflou | caflou | Caflou, account settings, API: make a new token, delete the old one | app.caflou.com/api
 API token | {a155} {a100-200}
campayn-key | Campayn | campayn | Campayn, account settings, API: make a new key, delete the old one | github.com/nebojsac/Campayn-API/blob/master/README.md | read
 API key | {h64}
cashboard-token | Cashboard | cashboardapp cashboard_api !cashboard | Cashboard, account settings, API: make a new token, delete the old one | api.cashboardapp.com
 API token | {u3}-{u3}-{u3}-{u3}
checkvist-key | Checkvist | checkvist | Checkvist, account settings, API: make a new key, delete the old one | checkvist.com/auth/api
 remote key | {a14} {a12-16}
clustdoc-token | Clustdoc | clustdoc | Clustdoc, account settings, API: make a new token, delete the old one | clustdoc.com/api
 API token | {a60}
convier-key | Convier | convier | Convier, account settings, API: make a new key, delete the old one | convier.com
 API key | {h64}
demio-secret | Demio | demio | Demio, account settings, API: make a new secret, delete the old one | publicdemioapi.docs.apiary.io
 API key or secret | {a32} {a10-12}
deputy-token | Deputy | deputy_api deputy.com deputy_token !deputy | Deputy, account settings, API: make a new token, delete the old one | developer.deputy.com
 access token | {h32}
flowlu-key | Flowlu | flowlu flowflu | Flowlu, account settings, API: make a new key, delete the old one | www.flowlu.com/api/
 API key | {a51} {a40-60}
formbucket-token | FormBucket | formbucket | FormBucket, account settings, API: make a new token, delete the old one | www.formbucket.com
 API token | {b60-200}
formcraft-key | FormCraft | formcraft | FormCraft, account settings, API: make a new key, delete the old one | formcrafts.com
 API key | {h16} {a32}
formsite-token | Formsite | formsite | Formsite, account settings, API: make a new token, delete the old one | support.formsite.com/hc/en-us/articles/360000288594
 API token | {a32}
hiveage-key | Hiveage | hiveage | Hiveage, account settings, API: make a new key, delete the old one | www.hiveage.com/api
 API key | {a40} {b20} {b40}
humanity-token | Humanity | humanity_api humanity.com shiftplanning !humanity | Humanity, account settings, API: make a new token, delete the old one | platform.humanity.com
 access token | {h40} {a40}
invoiceocean-token | InvoiceOcean | invoiceocean | InvoiceOcean, account settings, API: make a new token, delete the old one | github.com/InvoiceOcean/api
 API token | {a20}/{a6-20} {a20}
kanbanize-key | Businessmap | kanbanize kanban_api businessmap | Businessmap, account settings, API: make a new key, delete the old one | businessmap.io/help/api
 API key | {a12} {a40} {a20-40}
kanbantool-token | Kanban Tool | kanbantool kanban_tool | Kanban Tool, account settings, API: make a new token, delete the old one | kanbantool.com/developer
 API token | {u12} {a12} {b20-24}
magnetichq-token | Magnetic | magnetichq | Magnetic, account settings, API: make a new token, delete the old one | app.magnetichq.com
 token | {uuid}
mite-key | mite | mite_api mite_key mite.yo.lk | mite, account settings, API: make a new key, delete the old one | mite.de/api/
 API key | {h16} {a16}
nozbe-token | Nozbe | nozbe | Nozbe, account settings, API: make a new token, delete the old one | developers.nozbe.com
 API token | {a16}_{b64} {a16}_{a32-80} {b32-80}
onedesk-token | OneDesk | onedesk | OneDesk, account settings, API: make a new token, delete the old one | www.onedesk.com/developers
 token | {b20-40}
paydirt-token | Paydirt | paydirtapp paydirt | Paydirt, account settings, API: make a new token, delete the old one | paydirtapp.com/api
 API token | {h32} {l32}
paymo-key | Paymo | paymo_api paymoapp paymo_key | Paymo, account settings, API: make a new key, delete the old one | github.com/paymo-org/api
 API key | {a44} {a40-48}
planview-token | Planview AgilePlace | planview leankit | Planview AgilePlace, account settings, API: make a new token, delete the old one | success.planview.com
 API token | {h128} {h32-130}
planyo-key | Planyo | planyo | Planyo, account settings, API: make a new key, delete the old one | www.planyo.com/api.php
 API key | {h32}-{h32} {h62} {h32}
prodpad-key | ProdPad | prodpad | ProdPad, account settings, API: make a new key, delete the old one | app.swaggerhub.com/apis-docs/ProdPad/prodpad/1.0
 API key | {h64}
repairshopr-key | RepairShopr | repairshopr syncro_api syncromsp | RepairShopr, account settings, API: make a new key, delete the old one | api-docs.repairshopr.com
 API key | {b51} T{h16}-{h32} {b40-60}
sherpadesk-token | SherpaDesk | sherpadesk | SherpaDesk, account settings, API: make a new token, delete the old one | documentation.sherpadesk.com
 API token | {l32} {h32}
supernotes-key | Supernotes | supernotes | Supernotes, account settings, API: make a new key, delete the old one | api.supernotes.app/docs
 API key | {b64} {b43} {a32-64}
tickettailor-key | Ticket Tailor | tickettailor ticket_tailor | Ticket Tailor, account settings, API: make a new key, delete the old one | developers.tickettailor.com
 API key | sk_{d3-6}_{d4-8}_{h32}
vyte-key | Vyte | vyte_api vyte.in vyte_key | Vyte, account settings, API: make a new key, delete the old one | developers.vyte.in
 API key | {l50} {a50}
worksnaps-token | Worksnaps | worksnaps | Worksnaps, account settings, API: make a new token, delete the old one | www.worksnaps.com/worksnaps_api.html
 API token | {a40}
avaza-token | Avaza | avaza | Avaza, account settings, API: make a new token, delete the old one | api.avaza.com
 personal access token | {d5-7}-{h40}
clickhelp-key | ClickHelp | clickhelp | ClickHelp, account settings, API: make a new key, delete the old one | clickhelp.com/software-documentation-tool/user-manual/
 API key | {l24} {a24}
helpdesk-zammad-token | Zammad | zammad | Zammad, account settings, API: make a new token, delete the old one | github.com/zammad/zammad/blob/develop/app/models/token.rb
 access token | {b64} | read
 access token of the old form | {b86}
osticket-key | osTicket | osticket | osTicket, account settings, API: make a new key, delete the old one | github.com/osTicket/osTicket/blob/develop/include/class.api.php | read
 API key | {H32}
freescout-key | FreeScout | freescout | FreeScout, account settings, API: make a new key, delete the old one | api-docs.freescout.net
 API key | {h32}
crowdstrike-secret | CrowdStrike | crowdstrike falcon_client falcon_secret | CrowdStrike, account settings, API: make a new secret, delete the old one | github.com/CrowdStrike/terraform-provider-crowdstrike/blob/main/docs/index.md | read
 client secret | {a40}
sentinelone-token | SentinelOne | sentinelone sentinel_one | SentinelOne, account settings, API: make a new token, delete the old one | usea1.sentinelone.net/docs
 API token | {a80} eyJ{b20-120}.eyJ{b60-400}.{b80-100} | near
jamf-secret | Jamf | jamf_client jamf_secret jamf_api jamf.com jamfcloud | Jamf, account settings, API: make a new secret, delete the old one | developer.jamf.com
 client secret | {b64} {b43} {a64}
kandji-token | Iru | kandji | Iru, account settings, API: make a new token, delete the old one | api-docs.kandji.io
 API token | {uuid}
automox-key | Automox | automox | Automox, account settings, API: make a new key, delete the old one | developer.automox.com
 API key | {uuid}
ninjaone-secret | NinjaOne | ninjaone ninjarmm ninja_rmm | NinjaOne, account settings, API: make a new secret, delete the old one | app.ninjarmm.com/apidocs
 client secret | {b54-60} {b40-64}
connectwise-key | ConnectWise | connectwise | ConnectWise, account settings, API: make a new key, delete the old one | developer.connectwise.com
 private key | {a16}
hudu-key | Hudu | hudu_api huduapi hudu_key | Hudu, account settings, API: make a new key, delete the old one | support.hudu.com
 API key | {a24}
`;
