/** Letters, calls and messages: e-mail, SMS, telephony, chat, push, video. */
export const chat = `
ably-api-key | Ably | ably | ably.com, API keys: revoke it | ably.com/docs/auth | read
 API key | {b6}.{b6}:{b43} {b6}.{b6}:{b16-60}
activecampaign-api-key | ActiveCampaign | active+campaign | ActiveCampaign, Settings, Developer: reset it | developers.activecampaign.com/reference/authentication
 API key | {h72} {h64}
africastalking-api-key | Africa's Talking | africas+talking africastalking at_api_key | account.africastalking.com, Settings, API Key: regenerate it | github.com/AfricasTalkingLtd/africastalking-node.js/blob/master/README.md | read
 API key | atsk_{h72} {h64}
agora-secret | Agora | agora app+certificate | console.agora.io, RESTful API: delete the secret | github.com/AgoraIO/Tools/blob/master/DynamicKey/AgoraDynamicKey/README.md | read
 app certificate, key or secret | {h32}
airship-key | Airship | airship urban+airship urbanairship | go.airship.com, Tokens: revoke it | docs.airship.com/developer/rest-api/ua/introduction/
 master secret | {b22}
aweber-secret | AWeber | aweber | labs.aweber.com: reset it | api.aweber.com
 client secret | {a32} {b40-64}
bandwidth-token | Bandwidth | bandwidth_api bandwidth_token bandwidth_secret !bandwidth bandwidth.com | dashboard.bandwidth.com: change the API user's password | dev.bandwidth.com/docs/account/credentials/
 API token or secret | {h40-64} {b20-64}
bird-access-key | Bird | messagebird message+bird bird_access bird_api bird.com | dashboard.bird.com, Developers, API access: delete it | github.com/messagebird/messagebird-nodejs/blob/master/README.md | read
 access key | {a25} {b40}
bulksms-token | BulkSMS | bulksms bulk_sms | bulksms.com, Settings, API tokens: delete it | www.bulksms.com/developer/json/v1/
 API token secret | {b28-64}
campaignmonitor-api-key | Campaign Monitor | campaign+monitor createsend | Campaign Monitor, Account settings, API keys: reset it | www.campaignmonitor.com/api/v3-3/getting-started/
 API key | {s80-130}{=} {h32}
clicksend-api-key | ClickSend | clicksend click_send | dashboard.clicksend.com, API credentials: reset it | developers.clicksend.com/docs/
 API key | {uuid}
clickatell-api-key | Clickatell | clickatell | portal.clickatell.com: delete it | docs.clickatell.com
 API key | {b22}{=} {a22-40}
courier-token | Courier | courier_auth courier_api courier-auth trycourier !courier courier.com | app.courier.com/settings/api-keys: rotate it | www.courier.com/docs/reference/intro
 auth token | {pk/dk}_prod_{u28-40} dk_test_{u28-40}
 test auth token | pk_test_{u20-40} | near
customerio-api-key | Customer.io | customer+io customer.io | fly.customer.io/settings/api_credentials: delete it | docs.customer.io/accounts-and-workspaces/managing-credentials/
 tracking or App API key | {h32} {h20} {a32}
daily-api-key | Daily | daily_api daily-api dailyco daily.co daily_token | dashboard.daily.co/developers: regenerate it | docs.daily.co/reference/rest-api
 API key | {h64}
dialpad-api-key | Dialpad | dialpad | Dialpad, Company settings, Authentication: delete it | developers.dialpad.com/docs/authentication
 API key | {a60} {a100-200}
drift-token | Drift | drift_api drift_token drift-token drift.com | dev.drift.com: reset it | devdocs.drift.com
 OAuth token | {b22-60}
elasticemail-api-key | Elastic Email | elastic+email elasticemail | app.elasticemail.com, Settings, Manage API keys: delete it | elasticemail.com/developers/api-documentation/rest-api
 API key | {H96} {uuid}
emailoctopus-api-key | EmailOctopus | emailoctopus email_octopus | dashboard.emailoctopus.com/developer/api-keys: delete it | emailoctopus.com/api-documentation/v2
 API key | eo_{h64} {uuid}
enablex-key | EnableX | enablex | portal.enablex.io: reset it | developer.enablex.io
 app key | {a36} {a30-40}
front-token | Front | frontapp front_api front_token front-api front_secret frontapp.com | app.frontapp.com/settings/developers: revoke it | dev.frontapp.com/docs/create-and-revoke-api-tokens
 API token | eyJ{b10-100}.eyJ{b20-400}.{b40-200} | near
getresponse-api-key | GetResponse | getresponse get_response | app.getresponse.com/api: delete it | apidocs.getresponse.com/v3
 API key | {l32}
getstream-secret | Stream | getstream stream_api_secret stream_secret stream_app getstream.io stream_api stream_key stream-io-api.com | dashboard.getstream.io: rotate the secret | github.com/GetStream/stream-chat-python/blob/master/README.md | read
 API secret | {l60-70}
gitter-token | Gitter | gitter | developer.gitter.im/apps: revoke it | developer.gitter.im/docs/authentication
 access token | {h40}
gupshup-api-key | Gupshup | gupshup | gupshup.io, Dashboard: reset it | docs.gupshup.io
 API key | {l32} sk_{h32} | near
infobip-api-key | Infobip | infobip | portal.infobip.com/dev/api-keys: revoke it | www.infobip.com/docs/essentials/api-authentication
 API key | {h32}-{uuid}
iterable-api-key | Iterable | iterable_api iterable-api iterableapi iterable.com iterable_key | app.iterable.com/settings/apiKeys: delete it | api.iterable.com/api/docs
 API key | {h32}
kit-api-secret | Kit | convertkit convert_kit kit_api kit.com | app.kit.com/account_settings/developer_settings: refresh it | developers.kit.com/api-reference/overview
 API key or secret | kit_{h32} {b43} {b22} | near
line-token | LINE | line_channel line_notify line_bot line_messaging linebot line_access line-bot channel_access_token channel_secret line_api line_token line_secret line.me | developers.line.biz/console: reissue it | developers.line.biz/en/docs/messaging-api/channel-access-tokens/
 channel access token | {s170-176}{=} {s150-200}{=}
 channel secret or Notify token | {h32} {a43}
livekit-secret | LiveKit | livekit | cloud.livekit.io, Settings, Keys: revoke it | github.com/livekit/node-sdks/blob/main/packages/livekit-server-sdk/README.md | read
 API secret | {a43-50}
 API key id | API{a12-16} | near medium
loops-api-key | Loops | loops_api loops_key loops-api loops.so loops_token | app.loops.so/settings, API: delete it | loops.so/docs/api-reference/intro
 API key | {h32}
mailersend-token | MailerSend | mailersend mailer_send | app.mailersend.com, Integrations, API tokens: delete it | developers.mailersend.com/guides/sdk/sending-emails-with-mailersend-and-java | read
 API token | mlsn.{h64}
mailerlite-token | MailerLite | mailerlite mailer_lite | dashboard.mailerlite.com/integrations/api: delete it | developers.mailerlite.com/docs/
 API token | eyJ{b10-100}.eyJ{b60-900}.{b300-800} {h32} | near
mailgun-api-key | Mailgun | mailgun mail_gun | app.mailgun.com, API security: delete it | documentation.mailgun.com/docs/mailgun/api-reference/authentication
 API key | key-{h32} {h32}-{h8}-{h8} {a72} | near read
 webhook signing key | {h32}
mailjet-key | Mailjet | mailjet mail_jet mj_apikey mj_api | app.mailjet.com/account/apikeys: reset it | github.com/mailjet/mailjet-apiv3-nodejs/blob/master/README.md | read
 API or secret key | {h32}
mailmodo-api-key | Mailmodo | mailmodo | app.mailmodo.com, Settings, API keys: delete it | www.mailmodo.com/developers
 API key | {u7}-{u7}-{u7}-{u7} {u28}
mailtrap-token | Mailtrap | mailtrap | mailtrap.io/api-tokens: delete it | github.com/mailtrap/mailtrap-nodejs/blob/main/README.md | read
 API token or password | {h32} {h14}
mandrill-api-key | Mandrill | mandrill | mandrillapp.com/settings: disable it | mailchimp.com/developer/transactional/docs/fundamentals/
 API key | {b22} md-{b22} | near
moosend-api-key | Moosend | moosend | Moosend, Settings, API key: reset it | docs.moosend.com
 API key | {uuid}
mux-token | Mux | mux_token mux_secret mux-token muxtoken mux_signing !mux mux.com | dashboard.mux.com/settings/access-tokens: revoke it | github.com/muxinc/mux-node-sdk/blob/master/README.md | read
 access token secret | {s75}{=} {s40-90}{=}
omnisend-api-key | Omnisend | omnisend | app.omnisend.com, Store settings, API keys: delete it | api-docs.omnisend.com
 API key | {h24}-{a50} {b60-90}
onesignal-api-key | OneSignal | onesignal one_signal | dashboard.onesignal.com, Keys & IDs: delete it | documentation.onesignal.com/docs/en/keys-and-ids
 REST API key | os_v2_{app/org}_{l90-130}
 legacy REST API key | {a48} {uuid} | page
opentok-secret | Vonage Video | opentok tokbox | dashboard.tokbox.com: regenerate the secret | tokbox.com/developer/guides/basics/
 API secret | {h40}
plivo-token | Plivo | plivo | console.plivo.com/dashboard: reset the auth token | github.com/plivo/plivo-node/blob/master/README.md | read
 auth token | {a40}
postmark-token | Postmark | postmark | account.postmarkapp.com/servers, API tokens: regenerate it | postmarkapp.com/developer/api/overview | read
 server or account token | {uuid}
pubnub-key | PubNub | pubnub | admin.pubnub.com, Keysets: revoke it | www.pubnub.com/docs/general/setup/account-setup
 secret key | sec-c-{s48} sec-c-{uuid} sec-c-{s40-60}
 publish key | pub-c-{uuid} | low
 subscribe key | sub-c-{uuid} | info
pushbullet-token | Pushbullet | pushbullet | pushbullet.com/#settings/account: reset all tokens | docs.pushbullet.com
 access token | o.{a32} | near
pusher-secret | Pusher | pusher | dashboard.pusher.com, App keys: delete the key | github.com/pusher/pusher-http-node/blob/master/README.md
 app secret | {h20} | page read
 Beams secret key | {H64}
pushover-token | Pushover | pushover | pushover.net: reset the token of the application | pushover.net/api
 application token or user key | {l30}
ringcentral-secret | RingCentral | ring+central | developers.ringcentral.com, Credentials: reset it | developers.ringcentral.com/guide/authentication
 client secret | {b43} {b22} {b40-64}
sendbird-token | Sendbird | sendbird | dashboard.sendbird.com, Settings, API tokens: revoke it | sendbird.com/docs/chat/platform-api/v3/prepare-to-use-api
 API token | {h40}
sendpulse-secret | SendPulse | sendpulse send_pulse | login.sendpulse.com/settings/#api: reset it | sendpulse.com/integrations/api
 API secret | {h32}
sinch-token | Sinch | sinch | dashboard.sinch.com, APIs: rotate it | github.com/sinch/sinch-sdk-node/blob/main/README.md | read
 API token or secret | {h32} {s20-60}{=} {b26-40}
smooch-secret | Sunshine Conversations | smooch sunshine+conversations | Zendesk admin, Conversations API: delete it | developer.zendesk.com/documentation/conversations/getting-started/api-authentication/
 key secret | {b86} {b40-90}
sparkpost-api-key | SparkPost | sparkpost spark_post | app.sparkpost.com/account/api-keys: delete it | github.com/SparkPost/node-sparkpost/blob/master/README.md | read
 API key | {h40}
sendgrid-api-key | SendGrid | sendgrid | app.sendgrid.com/settings/api_keys: delete it | www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys | read
 API key | SG.{b66} | near
telegram-api-hash | Telegram | telegram_api telegram_hash tg_api api_hash !telegram | my.telegram.org/apps: make a new application | core.telegram.org/method/auth.importBotAuthorization | read
 API hash | {h32}
telnyx-api-key | Telnyx | telnyx | portal.telnyx.com/#/app/api-keys: delete it | developers.telnyx.com/development/api-fundamentals/create-api-keys
 API key | KEY{u32}_{b22} KEY0{a50-56} | sure read
 API v1 token | {b22} | near
textmagic-api-key | Textmagic | textmagic text_magic | my.textmagic.com/online/api/rest-api/keys: delete it | docs.textmagic.com
 API key | {a30} {a30-40}
twilio-auth-token | Twilio | twilio | console.twilio.com, Account, API keys & tokens: promote a secondary token | www.twilio.com/docs/usage/secure-credentials | read
 auth token or API secret | {h32} {a32}
twilio-api-key | Twilio | twilio | console.twilio.com, Account, API keys & tokens: delete it | www.twilio.com/docs/glossary/what-is-a-sid | read
 API key id | SK{0/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f}{h31} | medium
videosdk-secret | VideoSDK | videosdk video_sdk | app.videosdk.live/api-keys: delete it | docs.videosdk.live/api-reference/realtime-communication/intro
 secret | {h64}
vonage-secret | Vonage | vonage nexmo | dashboard.nexmo.com/settings: add a secret, then remove the old one | github.com/Vonage/vonage-node-sdk/blob/master/README.md | read
 API secret | {a16} {a16-25} | e2.5
 signature secret | {a40-60}
webex-token | Webex | webex cisco_spark | developer.webex.com/my-apps: regenerate it | developer.webex.com/docs/bots
 bot access token | {b64}_{b4-5}_{uuid} | near
 client secret | {h64}
emailable-api-key | Emailable | emailable | app.emailable.com/api: delete it | emailable.com/docs/api/
 API key | live_{h40} live_{a20-40} {a20} | near
zulip-api-key | Zulip | zulip | Zulip, Personal settings, Account & privacy: regenerate it | github.com/zulip/python-zulip-api/blob/main/zulip/README.md | read
 API key | {a32}
zoom-secret | Zoom | zoom_api zoom_client zoom_secret zoom_jwt zoom-api zoom_sdk zoomapi !zoom zoom.us | marketplace.zoom.us/user/build: regenerate it | developers.zoom.us/docs/internal-apps/
 client or SDK secret | {a32} {a36}
lark-secret | Lark | lark_app lark-app feishu larksuite !lark lark_secret | open.larksuite.com/app, Credentials: reset the secret | github.com/larksuite/node-sdk/blob/main/README.md
 app secret | {a32} | read
 token | t-{a30-60} u-{a30-60} | near
dingtalk-token | DingTalk | dingtalk ding_talk ding_robot | DingTalk, group settings, Robots: remove it | open.dingtalk.com/document/
 robot token or app secret | {h64} SEC{h64} {b64} | near
wechat-secret | WeChat | wechat weixin wx_app wecom wxapp | mp.weixin.qq.com, Development: reset the secret | developers.weixin.qq.com/doc/
 app secret | {h32} {b43}
apifonica-token | Apifonica | apifonica | Apifonica, account settings, API: make a new token, delete the old one | docs.apifonica.com
 auth token | {h8}-{h4}-{h4}-{h4}-{h12} {h32}
bulbul-key | Bulbul | bulbul_api bulbul.io !bulbul | Bulbul, account settings, API: make a new key, delete the old one | bulbul.io
 API key | {l32}
chatbot-com-token | ChatBot | chatbot_com chatbot.com chatbot_api !chatbot | ChatBot, account settings, API: make a new token, delete the old one | www.chatbot.com/docs/
 developer access token | {a32} {b32}
chatfuel-token | Chatfuel | chatfuel | Chatfuel, account settings, API: make a new token, delete the old one | docs.chatfuel.com
 API token | {a128} {a100-130}
cliengo-key | Cliengo | cliengo | Cliengo, account settings, API: make a new key, delete the old one | developers.cliengo.com
 API key | {uuid}
clockworksms-key | Clockwork | clockworksms clockwork_sms clockwork_api | Clockwork, account settings, API: make a new key, delete the old one | www.clockworksms.com/doc/
 API key | {h40}
d7networks-token | D7 Networks | d7networks d7_networks d7sms d7network | D7 Networks, account settings, API: make a new token, delete the old one | d7networks.com/docs/
 API token | {s23}= {a20-40}
fibery-token | Fibery | fibery | Fibery, account settings, API: make a new token, delete the old one | the.fibery.io/@public/User_Guide/Guide/Overview-279
 API token | {h8}.{h35} {h8}.{h35-40}
reachmail-token | ReachMail | reachmail | ReachMail, account settings, API: make a new token, delete the old one | services.reachmail.net
 token | {b60} {b40-80}
reallysimplesystems-token | Really Simple Systems | reallysimplesystems reallysimple really_simple | Really Simple Systems, account settings, API: make a new token, delete the old one | support.reallysimplesystems.com
 API token | {b400-1200} {a32-64}
ritekit-token | RiteKit | ritekit | RiteKit, account settings, API: make a new token, delete the old one | documenter.getpostman.com/view/2010712/SzS7Qku5
 client or access token | {h44} {a44}
tyntec-key | tyntec | tyntec | tyntec, account settings, API: make a new key, delete the old one | api.tyntec.com/reference
 API key | {a32}
voodoosms-key | Voodoo SMS | voodoosms voodoo_sms | Voodoo SMS, account settings, API: make a new key, delete the old one | www.voodoosms.com
 API key | {a39} {a36-44}
drip-token | Drip | getdrip drip_api drip_client drip_token | Drip, account settings, API: make a new token, delete the old one | developer.drip.com
 API token | {h32} {l32}
typetalk-token | Typetalk | typetalk | Typetalk, account settings, API: make a new token, delete the old one | developer.nulab.com/docs/typetalk/
 client secret or token | {a64}
smspva-key | SMSPVA | smspva | SMSPVA, account settings, API: make a new key, delete the old one | docs.smspva.com
 API key | {a20-32}
smsactivate-key | SMS-Activate | sms_activate smsactivate sms-activate | SMS-Activate, account settings, API: make a new key, delete the old one | sms-activate.io/api2
 API key | {h32} {a32}
textlocal-key | Textlocal | textlocal | Textlocal, account settings, API: make a new key, delete the old one | api.textlocal.in/docs/
 API key | {s11}-{b43} {a11}-{a43} {s40-56}{=} {b50-58}
fast2sms-key | Fast2SMS | fast2sms | Fast2SMS, account settings, API: make a new key, delete the old one | docs.fast2sms.com
 API key | {a60}
msg91-key | MSG91 | msg91 | MSG91, account settings, API: make a new key, delete the old one | docs.msg91.com
 auth key | {d6}{a24} {a24-30}
kaleyra-key | Kaleyra | kaleyra | Kaleyra, account settings, API: make a new key, delete the old one | developers.kaleyra.io
 API key | A{h32} {h33}
exotel-token | Exotel | exotel | Exotel, account settings, API: make a new token, delete the old one | developer.exotel.com/api/
 API token | {h48} {h40-50}
smsglobal-secret | SMSGlobal | smsglobal | SMSGlobal, account settings, API: make a new secret, delete the old one | www.smsglobal.com/rest-api/
 API secret | {h32}
burstsms-secret | Kudosity | burstsms transmitsms kudosity | Kudosity, account settings, API: make a new secret, delete the old one | developers.kudosity.com
 API secret | {h32} {a20-40}
textbelt-key | Textbelt | textbelt | Textbelt, account settings, API: make a new key, delete the old one | docs.textbelt.com
 key | {h40}{a20-30} {a64-72} {h40}
engagespot-secret | Engagespot | engagespot | Engagespot, account settings, API: make a new secret, delete the old one | docs.engagespot.co
 API key or secret | {l20-36} {a20-40}
manychat-token | ManyChat | manychat | ManyChat, account settings, API: make a new token, delete the old one | api.manychat.com
 API token | {d12-18}:{h32}
smtp2go-key | SMTP2GO | smtp2go | SMTP2GO, account settings, API: make a new key, delete the old one | developers.smtp2go.com
 API key | api-{u32} api-{h32} | near
zeptomail-token | ZeptoMail | zeptomail enczapikey zepto_mail | ZeptoMail, account settings, API: make a new token, delete the old one | www.zoho.com/zeptomail/help/api/
 send mail token | wSsVR{s100-180}{=} PHtE6r{s100-180}{=} | near
`;
