/** Addresses that are credentials: whoever knows the path may send, trigger or read. The host is a part of the value. */
export const addresses = `
loggly-token | Loggly | loggly | loggly.com, Source setup, Customer tokens: retire it | documentation.solarwinds.com/en/success_center/loggly/Content/admin/http-endpoint.htm | read
 customer token in an address | logs-01.loggly.com/{inputs/bulk}/{uuid} | sure
lark-webhook | Lark | lark_webhook | Lark, group settings, Bots: remove the bot | open.larksuite.com/document/client-docs/bot-v3/add-custom-bot
 webhook of a bot | open.{feishu.cn/larksuite.com}/open-apis/bot/v2/hook/{uuid} | sure
netlify-build-hook | Netlify | netlify_hook | app.netlify.com, Build & deploy, Build hooks: delete it | docs.netlify.com/configure-builds/build-hooks | read
 build hook | api.netlify.com/build_hooks/{h24} | medium sure
vercel-deploy-hook | Vercel | vercel_hook | vercel.com, Settings, Git, Deploy hooks: revoke it | vercel.com/docs/deploy-hooks
 deploy hook | api.vercel.com/v1/integrations/deploy/{w20-40}/{a8-40} | medium sure
healthchecks-ping | Healthchecks.io | hc_ping | healthchecks.io: make a new check | healthchecks.io/docs/http_api/
 ping address | hc-ping.com/{uuid} | low sure
cronitor-key | Cronitor | cronitor | cronitor.io/app/settings/api: reset it | cronitor.io/docs/
 key in a telemetry address | cronitor.link/p/{h32} | medium sure
deadmanssnitch-address | Dead Man's Snitch | deadmanssnitch_url | deadmanssnitch.com: make a new snitch | github.com/deadmanssnitch/snitcher | read
 check-in address | nosnch.in/{h10} | low sure e2.2
pagerduty-integration | PagerDuty | pagerduty_integration | PagerDuty, Services, Integrations: delete it | support.pagerduty.com/main/docs/services-and-integrations
 integration address | events.{pagerduty/eu.pagerduty}.com/integration/{h32} | sure
victorops-address | Splunk On-Call | victorops_url | portal.victorops.com, Integrations, REST: make a new key | help.victorops.com/knowledge-base/rest-endpoint-integration-guide/
 alert address | alert.victorops.com/integrations/generic/20131114/alert/{uuid} | sure
datadog-key | Datadog | datadog | app.datadoghq.com/organization-settings/api-keys: revoke it | docs.datadoghq.com/account_management/api-app-keys/
 API key in an address | http-intake.logs.{datadoghq.com/datadoghq.eu/us3.datadoghq.com/us5.datadoghq.com/ap1.datadoghq.com/ap2.datadoghq.com/ddog-gov.com/us2.ddog-gov.com}/v1/input/{h32} browser-http-intake.logs.datadoghq.com/v1/input/{a32-36} | sure
sumologic-address | Sumo Logic | sumologic_url | Sumo Logic, Collection, HTTP source: make a new address | github.com/SumoLogic/sumologic-documentation/blob/main/docs/send-data/hosted-collectors/http-source/logs-metrics/upload-logs.md | read
 address of an HTTP source | sumologic.com/receiver/v1/http/{t86-130}{=} | sure
honeybadger-checkin | Honeybadger | honeybadger_checkin | Honeybadger, Check-ins: delete it | docs.honeybadger.io/guides/check-ins/ | read
 check-in address | api.honeybadger.io/v1/check_in/{a5-8} | low e1.8
moralis-node | Moralis | moralis_node | admin.moralis.com/nodes: delete it | docs.moralis.com/rpc-nodes
 address of a node | moralis-nodes.com/{eth/bsc/polygon/base/arbitrum/optimism/fantom/avalanche/sepolia}/{h32} | sure
nodereal-key | NodeReal | nodereal | dashboard.nodereal.io: delete it | docs.nodereal.io
 API key in an address | nodereal.io/v1/{h32} | sure
 API key | {h32}
blast-project | Blast API | blastapi | blastapi.io/dashboard: delete the project | docs.blastapi.io
 project in an address | blastapi.io/{uuid} | sure
 project id | {uuid}
tenderly-gateway | Tenderly | tenderly_gateway | dashboard.tenderly.co, Node RPCs: revoke it | docs.tenderly.co/node
 key in an address of a node | gateway.tenderly.co/{a20-22} | sure
darksky-key | Dark Sky | darksky dark_sky | the service has ended | darksky.net/dev
 API key in an address | api.darksky.net/forecast/{h32} | low sure
 API key | {h32} | low
weatherunderground-key | Weather Underground | wunderground weather_underground | www.wunderground.com/member/api-keys: delete it | docs.google.com/document/d/1eKCnKXI9xnoMGRRzOL1xPCBihNV2rOet08qpE_gArAY
 API key in an address | api.wunderground.com/api/{h16} | low sure
 API key | {h16} {h32} | low
webhook-address | Mattermost or Rocket.Chat | rocketchat_hook rocket_chat | administration, Integrations: delete the webhook | github.com/mattermost/mattermost-developer-documentation/blob/master/site/content/integrate/webhooks/incoming/_index.md
 incoming webhook | /hooks/{l26} | e3.2 read
 incoming webhook of Rocket.Chat | /hooks/{a17-24}/{a40-64} | e3.2
wecom-webhook | WeCom | wecom_webhook | WeCom, group, Bots: delete it | developer.work.weixin.qq.com/document/path/91770
 webhook of a bot | qyapi.weixin.qq.com/cgi-bin/webhook/send?key={uuid} | sure
heroku-deploy-hook | Heroku | heroku_hook | dashboard.heroku.com: disconnect the repository | devcenter.heroku.com/articles/github-integration
 deploy hook | kolkrabbi.heroku.com/hooks/github?token={uuid} | sure
render-deploy-hook | Render | render_hook | dashboard.render.com, Settings, Deploy hook: regenerate it | render.com/docs/deploy-hooks
 deploy hook | api.render.com/deploy/srv-{l16-30}?key={b8-16} | medium sure
betterstack-heartbeat | Better Stack | betterstack_heartbeat | uptime.betterstack.com, Heartbeats: delete it | betterstack.com/docs/uptime/cron-and-heartbeat-monitor/
 heartbeat address | {uptime.betterstack.com/betteruptime.com}/api/v1/heartbeat/{a20-28} | low sure
uptime-robot-heartbeat | UptimeRobot | uptimerobot_heartbeat | dashboard.uptimerobot.com: delete the monitor | uptimerobot.com/help/heartbeat-monitoring/
 heartbeat address | heartbeat.uptimerobot.com/m{d6-12}-{h32-44} | low sure
azure-logic-app | Azure Logic Apps | logic_app | Azure portal, Logic app, Access keys: regenerate the key | learn.microsoft.com/en-us/azure/logic-apps/logic-apps-securing-a-logic-app
 signature of a trigger | sp=%2Ftriggers%2F{a4-40}%2Frun&sv=1.0&sig={b43} | sure
power-automate-address | Power Automate | power_automate | make.powerautomate.com: save the flow anew with a new trigger | learn.microsoft.com/en-us/power-automate/
 signature of a trigger | &sp=/triggers/manual/run&sv=1.0&sig={b43} | sure
`;
