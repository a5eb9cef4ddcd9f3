/** What sells, sends and counts for others, and smaller services of other tables’ kinds. Written from memory, but for the rows that say `read`. */
export const growth = `
timezonedb-key | TimeZoneDB | timezone+db timezonedb.com | timezonedb.com/account: regenerate it | timezonedb.com/api
 API key | {u12} | low
appfollow-token | AppFollow | app+follow appfollow.io | watch.appfollow.io/apps/my-apps/integrations: regenerate it | docs.api.appfollow.io
 API token | {a32-64} {b60-300}
allsportsapi-key | AllSportsAPI | allsports+api all_sports allsportsapi.com | allsportsapi.com/profile: make a new key | allsportsapi.com/documentation
 API key | {h64}
cloudways-key | Cloudways | cloudways | platform.cloudways.com/api: regenerate it | developers.cloudways.com
 API key | {a30} {a24-64}
dotdigital-password | Dotdigital | dotdigital dotmailer | Dotdigital, Settings, API users: change it | developer.dotdigital.com
 API password | {b16-64}
dovico-token | Dovico | dovico | Dovico, Options, API: make a new token | www.dovico.com/developer/API_doc
 consumer secret or access token | {h32}.{d1-6} {h32}
dyspatch-key | Dyspatch | dyspatch | app.dyspatch.io, API keys: delete it | docs.dyspatch.io
 API key | {u52} {v52}
flightlabs-key | Flightlabs | flight+labs goflightlabs | goflightlabs.com/dashboard: reset it | www.goflightlabs.com
 access key | eyJ{b20-60}.eyJ{b100-700}.{b80-700} | near
gocanvas-key | GoCanvas | gocanvas go_canvas | gocanvas.com, account, API: change it | www.gocanvas.com/api
 API key | {a20-64}
html2pdf-key | html2pdf | html+2+pdf html2pdf.app | dash.html2pdf.app: regenerate it | html2pdf.app/documentation
 API key | {a64} {a32-64}
interseller-key | Interseller | interseller | interseller.io/settings/developer: regenerate it | interseller.readme.io
 API key | {a32-40} {uuid}
iplocate-key | IPLocate | ip+locate iplocate.io | iplocate.io/account: regenerate it | iplocate.io/docs
 API key | {h32}
jumpseller-token | Jumpseller | jumpseller | Jumpseller, Account: regenerate it | jumpseller.com/support/api
 auth token or login | {h32}
mixmax-token | Mixmax | mixmax | app.mixmax.com/dashboard/settings/personal/integrations: delete it | developer.mixmax.com
 API token | {uuid} {h32-64}
myintervals-token | Intervals | my+intervals intervals_api intervals_token intervalsonline | Intervals, My account, API access: regenerate it | www.myintervals.com/api
 API token | {a11} {l11} | near
netcore-key | Netcore | netcore pepipost | app.pepipost.com, Settings, Integration: change it | docs.netcorecloud.com
 API key | {h32}
postageapp-key | PostageApp | postage+app | secure.postageapp.com, project: reset it | dev.postageapp.com
 API key | {a32}
powrbot-key | Powrbot | powrbot | powrbot.com/accounts/api: regenerate it | powrbot.com/api
 API key | {l40} {h40}
qualaroo-secret | Qualaroo | qualaroo | app.qualaroo.com/account: reset it | help.qualaroo.com/hc/en-us/articles/201969438
 API key and secret in base64 | {s60-90}{=}
quickmetrics-key | Quickmetrics | quickmetrics quick_metrics | app.quickmetrics.io: make a new key | quickmetrics.io/docs
 API key | {b22}
redbooth-secret | Redbooth | redbooth | redbooth.com/oauth2/applications: reset it | redbooth.com/api
 client secret | {h64} {a40-64}
rentman-token | Rentman | rentman | Rentman, Configuration, API: revoke it | api.rentman.net
 API token | eyJ{b20-60}.eyJ{b60-600}.{b43} | near
replyio-key | Reply | reply.io reply+io | run.reply.io/Dashboard/Material#/settings/api-key: regenerate it | apidocs.reply.io
 API key | {b22-24} {a22-24}
requestfinance-key | Request Finance | request+finance requestfinance | app.request.finance/account: regenerate it | docs.request.finance
 API key | {u7}-{u7}-{u7}-{u7}
revamp-crm-key | Revamp CRM | revamp+crm | app.revampcrm.com, Account, API: regenerate it | revampcrm.com/api
 API key | {a40} {l32-40}
ronin-token | Ronin | ronin_app roninapp ronin_token ronin_api | Ronin, Settings, API: reset it | www.roninapp.com/api
 API token | {a26} {a20-40}
rownd-secret | Rownd | rownd | app.rownd.io, App keys: delete it | docs.rownd.io
 app secret | {h48}
sheety-token | Sheety | sheety | dashboard.sheety.co: change it | sheety.co/docs/authentication
 bearer token | {a20-64} {b20-80}
shipday-key | Shipday | shipday | dispatch.shipday.com, Profile: regenerate it | docs.shipday.com
 API key | {a10-12}.{a20} {a6-12}.{a16-24}
skrapp-key | Skrapp | skrapp | skrapp.io/account: regenerate it | www.skrapp.io/api
 access key | {a42}
statuspal-key | StatusPal | status+pal | statuspal.io, Settings, API: regenerate it | www.statuspal.io/api-docs
 API key | {b18-32} {uuid}
stripo-secret | Stripo | stripo | my.stripo.email, plugin: regenerate it | stripo.email/plugin-api
 token or secret key | eyJ{b10-40}.eyJ{b100-300}.{b86} {a32} | near
teletype-app-token | Teletype App | teletype_app teletype.app teletype_token | panel.teletype.app: regenerate it | teletype.app/help/api
 public API token | {b64} {b43-64}
uclassify-key | uClassify | uclassify | uclassify.com/manage/ApiKeys: regenerate it | www.uclassify.com/docs
 read or write key | {a12}
upcdatabase-token | UPC Database | upc+database upcdatabase.org | upcdatabase.org/apikeys: delete it | upcdatabase.org/api
 API token | {u32}
aeroworkflow-key | Aero Workflow | aero+workflow | app.aeroworkflow.com/account: regenerate it | api.aeroworkflow.com/swagger
 API key | {b20}
appsynergy-key | AppSynergy | app+synergy | appsynergy.com, account: change it | www.appsynergy.com
 API key | {l64}
instabot-key | Instabot | instabot | app.instabot.io, account: change it | docs.instabot.io
 API key | {s43}= {s40-48}{=}
fmfw-secret | FMFW.io | fmfw fmfwio | fmfw.io/settings/api-keys: delete it | api.fmfw.io
 API secret | {b32} {b20-40} | critical
dfuse-key | dfuse | dfuse | app.dfuse.io/keys: delete it | docs.dfuse.io
 API key | web_{h32} server_{h32} mobile_{h32} | near
dnscheck-key | DNS Check | dns+check dnscheck.co | dnscheck.co/account: regenerate it | www.dnscheck.co/api
 identifier and key | {h32}
clientary-token | Clientary | clientary ronin_clientary | Clientary, Settings, API: reset it | www.clientary.com/api
 API token | {a24-26} {a20-40}
bloomreach-secret | Bloomreach | bloomreach exponea | Bloomreach, Project settings, API: delete it | documentation.bloomreach.com/engagement/reference/authentication
 API secret | {l64}
clevertap-passcode | CleverTap | clevertap | dashboard.clevertap.com, Settings, Passcode: reset it | developer.clevertap.com/docs/authentication
 passcode | {u3}-{u3}-{u4} {l32} | near
webengage-key | WebEngage | webengage | dashboard.webengage.com, Integrations: regenerate it | docs.webengage.com/docs/rest-api-getting-started
 API key | {uuid}
moengage-secret | MoEngage | moengage | app.moengage.com, Settings, APIs: regenerate it | developers.moengage.com
 API secret | {a16-24} {a24-44}
pushwoosh-token | Pushwoosh | pushwoosh | app.pushwoosh.com/api-access: delete it | docs.pushwoosh.com/platform-docs/api-reference/api-access-token
 API token | {a80} {a60-100}
emarsys-secret | Emarsys | emarsys | Emarsys, Management, Security settings: change it | dev.emarsys.com/docs/core-api-reference
 API secret | {a20} {a16-24}
everflow-key | Everflow | everflow | Everflow, Control center, Security: delete it | developers.everflow.io
 API key | {b22} {a22}
voluum-key | Voluum | voluum | panel.voluum.com, Settings, Security: delete it | developers.voluum.com
 access key | {uuid} {b40}
keitaro-key | Keitaro | keitaro | Keitaro, Maintenance, Users, API keys: delete it | admin-api.docs.keitaro.io
 API key | {h32}
redtrack-key | RedTrack | redtrack | app.redtrack.io/tools/integrations: delete it | help.redtrack.io/knowledgebase/kb/redtrack-api
 API key | {a20} {a20-40}
kochava-key | Kochava | kochava | go.kochava.com, Account options, API keys: delete it | support.kochava.com/reference-information/reporting-api-v1-4
 API key | {uuid} {u8}-{u4}-{u4}-{u4}-{u12}
leanplum-key | Leanplum | leanplum | dashboard.leanplum.com, App settings, Keys: reset it | docs.leanplum.com/reference/authentication
 API client key | {dev/prod/exp/data}_{a43} | near
sendlane-token | Sendlane | sendlane | app.sendlane.com/settings/api: delete it | www.sendlane.dev
 API key or token | {a48} {h32} {b60-800}
olark-key | Olark | olark | olark.com/settings: change it | www.olark.com/help/api
 API key | {h32} {a20-64}
helpwise-key | Helpwise | helpwise | app.helpwise.io/settings/api: regenerate it | documenter.getpostman.com/view/29744652/2s9YJaZQCG
 key or secret | {a20-64}
missive-token | Missive | missive_api missive_token missiveapp | mail.missiveapp.com/#settings/api: delete it | missiveapp.com/help/api-documentation/getting-started
 API token | missive_pat-{b40-100} {h64} {a40-64} | near
xano-token | Xano | xano | Xano, account, Metadata API: delete it | docs.xano.com/xano-features/metadata-api
 access token | eyJ{b20-60}.eyJ{b60-700}.{b80-700} {b40-200} | near
appsmith-secret | Appsmith | appsmith_encryption appsmith_api | Appsmith, configuration: change it | docs.appsmith.com/getting-started/setup/environment-variables
 encryption password or salt | {b12-64}
tooljet-secret | ToolJet | tooljet lockbox_master | ToolJet, configuration: change it | github.com/ToolJet/ToolJet/blob/develop/docs/versioned_docs/version-2.16.0/setup/env-vars.md | read
 secret key or master key | {h64} {h128}
ultravox-key | Ultravox | ultravox | app.ultravox.ai, Settings, API keys: delete it | docs.ultravox.ai/api/auth | read
 API key | {a8}.{a32}
netsapiens-key | NetSapiens | netsapiens ns-api.com ns_api | NetSapiens, API keys: delete it | docs.ns-api.com/docs/api-keys | read
 API key | ns{s/r/d/u}_{a48}{h8} | sure
lmnt-key | LMNT | lmnt | app.lmnt.com/account: delete it | github.com/lmnt-com/lmnt-node/blob/main/README.md | read
 API key | {h32} {a32-64}
retell-key | Retell AI | retell retellai | dashboard.retellai.com, Settings, API keys: delete it | docs.retellai.com
 API key | key_{h28} key_{a24-40} | near
framer-key | Framer | framer_api framer_token framer_key | framer.com, project settings: delete it | www.framer.com/developers
 API key | {a40-80} {b40-80}
attentive-key | Attentive | attentive_api attentive_token attentive_key attentivemobile | ui.attentivemobile.com, Marketplace, Create app: rotate it | docs.attentivemobile.com/pages/authentication
 API key | {b40-80} {a40-64}
`;
