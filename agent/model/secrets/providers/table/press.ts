/** What is seen and read: social networks, video, music, pictures, news, content, forms, links, games. */
export const press = `
adobe-client-secret | Adobe | adobe_client adobe_secret adobe_ims adobe_sign adobe_io !adobe adobe_api adobe_token adobe.io | developer.adobe.com/console: add a secret, delete the old one | developer.adobe.com/developer-console/docs/guides/authentication/
 client secret | {uuid} {h32}
ayrshare-key | Ayrshare | ayrshare | app.ayrshare.com/api: regenerate it | www.ayrshare.com/docs/apis/overview
 API key | {u7}-{u7}-{u7}-{u7} {u8}-{u8}-{u8}-{u8}
apiflash-key | ApiFlash | apiflash api_flash | apiflash.com/dashboard: regenerate it | apiflash.com/documentation
 access key | {h32} {a32}
artsy-secret | Artsy | artsy | developers.artsy.net/client_applications: delete it | developers.artsy.net/v2/docs/authentication
 client secret | {h32}
audd-token | AudD | audd | dashboard.audd.io: regenerate it | docs.audd.io
 API token | {h32} {l20-40}
bannerbear-key | Bannerbear | bannerbear banner_bear | app.bannerbear.com: reset it | developers.bannerbear.com
 API key | bb_{pr/ma}_{h30-32} {a22}tt {a24} | near
buttercms-token | Buttercms | buttercms butter_cms | buttercms.com/settings: regenerate it | buttercms.com/docs/api/
 API token | {h40}
brandfetch-key | Brandfetch | brandfetch | developers.brandfetch.com: regenerate it | docs.brandfetch.com
 API key | {s43}= {s30-60}{=}
bugherd-key | BugHerd | bugherd | bugherd.com/profile: reset it | www.bugherd.com/api_v2
 API key | {l22}
cloudconvert-key | CloudConvert | cloud+convert convertapi convert_api | cloudconvert.com/dashboard/api/v2/keys: delete it | cloudconvert.com/api/v2
 API key | eyJ{b20-100}.eyJ{b100-600}.{b600-700} {a16} secret_{a16} | near
cloudmersive-key | Cloudmersive | cloudmersive | account.cloudmersive.com/keys: delete it | api.cloudmersive.com/docs/
 API key | {uuid}
contentful-token | Contentful | contentful | app.contentful.com/account/profile/cma_tokens: revoke it | www.contentful.com/developers/docs/references/authentication/
 delivery or management token | {b43} {b64}
contentstack-token | Contentstack | content+stack | app.contentstack.com, Settings, Tokens: delete it | www.contentstack.com/docs/developers/create-tokens
 delivery or management token | cs{h36-40} blt{h16} | near
craftmypdf-key | CraftMyPDF | craftmypdf | app.craftmypdf.com, API integration: reset it | craftmypdf.com/docs
 API key | {h8}{s24-40}{=} {a30-44}
datocms-token | DatoCMS | datocms dato_api dato_cms | dashboard.datocms.com, API tokens: regenerate it | www.datocms.com/docs/content-delivery-api/authentication
 API token | {h30}
deezer-secret | Deezer | deezer | developers.deezer.com/myapps: reset it | developers.deezer.com/api/oauth
 secret key | {h32}
directus-token | Directus | directus | Directus, user page: replace the token | github.com/directus/directus/blob/main/api/src/cli/utils/create-env/index.ts | read
 static token or secret | {b32} {uuid}
discogs-token | Discogs | discogs | discogs.com/settings/developers: generate a new token | www.discogs.com/developers
 token | {a40} {z40} {U32} {z32}
docparser-key | Docparser | docparser | app.docparser.com/account/api: reset it | docparser.com/api/
 API key | {h40}
discourse-key | Discourse | discourse | Discourse, Admin, API: revoke it | github.com/discourse/discourse/blob/main/app/models/api_key.rb | read
 API key | {h64}
ghost-key | Ghost | ghost_admin ghost_api ghost_key ghost_content !ghost | Ghost, Settings, Integrations: regenerate it | github.com/TryGhost/SDK/blob/main/packages/admin-api/lib/admin-api.js | read
 Admin API key | {h24}:{h64} | critical sure
 Content API key | {h26} | low
facebook-token | Facebook | facebook fb_app fb_secret fb_client fb_access fb_token instagram meta_app meta_client ig_client ig_app whatsapp | developers.facebook.com/apps, Settings, Basic: reset the secret | developers.facebook.com/docs/development/create-an-app/app-dashboard/basic-settings/
 app secret | {h32}
 access token of an app | {d15-16}¦{b27}
 access token | EAA{a80-260} IG{Q/A}{b80-260} | near
faceplusplus-secret | Face++ | faceplusplus face_plus_plus facepp | console.faceplusplus.com: delete it | console.faceplusplus.com/documents/5679127
 API secret or key | {b32}
flat-token | Flat | flat_io flat.io flatio flat_api flat_token | flat.io/developers/apps: revoke it | flat.io/developers/docs/api/
 access token | {h128}
flickr-key | Flickr | flickr | flickr.com/services/apps: delete the app | www.flickr.com/services/api/misc.api_keys.html
 API key | {h32}
 secret | {h16} | e2.4
formio-key | Form.io | form_io form.io formio | portal.form.io: reset it | help.form.io/developers/api-tokens
 API key | {a30} {b20-64}
genius-token | Genius | genius_api genius_access genius_client genius_token !genius genius.com | genius.com/api-clients: regenerate it | docs.genius.com
 access token or secret | {b64} {b86}
giphy-key | GIPHY | giphy | developers.giphy.com/dashboard: delete the app | developers.giphy.com/docs/api/
 API key | {a32}
guardian-key | The Guardian | guardian_api guardianapi guardian_key !guardian guardianapis | bonobo.capi.gutools.co.uk: ask for a new key | open-platform.theguardian.com/documentation/
 API key | {uuid}
hygraph-token | Hygraph | hygraph graphcms | app.hygraph.com, Project settings, API access: delete it | hygraph.com/docs/api-reference/basics/authorization
 permanent auth token | eyJ{b20-80}.eyJ{b60-700}.{b340-690} | near
imgbb-key | ImgBB | imgbb | api.imgbb.com: regenerate it | api.imgbb.com
 API key | {h32}
imgur-secret | Imgur | imgur | imgur.com/account/settings/apps: generate a new secret | apidocs.imgur.com
 client secret | {h40}
 client id | {h15} | low
lastfm-key | Last.fm | lastfm last_fm last.fm | last.fm/api/accounts: ask for new keys | www.last.fm/api/authentication
 API key or shared secret | {h32}
lichess-token | Lichess | lichess | lichess.org/account/oauth/token: delete it | github.com/lichess-org/lila/blob/master/modules/core/src/main/net.scala
 personal access token | lip_{a20} | sure read
 OAuth access token | lio_{a32} | sure read
 OAuth access token of the short form | lio_{a20} | sure
linkedin-secret | LinkedIn | linkedin linked_in | linkedin.com/developers/apps: regenerate it | learn.microsoft.com/en-us/linkedin/shared/authentication/client-credentials-flow
 client secret | WPL_AP{d1}.{a16}.{s6-10}{=} WPL_AP{d1}.{b16-24}.{s6-12}{=} | sure
 legacy client secret | {a16} | e3
linkpreview-key | LinkPreview | link+preview | my.linkpreview.net: regenerate it | docs.linkpreview.net
 API key | {a32} {h32}
livestorm-key | Livestorm | livestorm | app.livestorm.co, API tokens: delete it | developers.livestorm.co
 API token | eyJ{b20-80}.eyJ{b60-400}.{b43} | near
magicbell-secret | MagicBell | magicbell | app.magicbell.com: reset it | www.magicbell.com/docs
 API secret | {s40} sk_{a30-60} | near
mockaroo-key | Mockaroo | mockaroo | mockaroo.com/myaccount: reset it | www.mockaroo.com/docs
 API key | {h8} | unsure e2
newsapi-key | NewsAPI | newsapi news_api | newsapi.org/account: rotate it | newsapi.org/docs/authentication
 API key | {h32}
nytimes-key | The New York Times | nytimes ny_times nyt_api nyt_key nytimes.com new+york+times | developer.nytimes.com/my-apps: revoke it | developer.nytimes.com/get-started
 API key | {a32}
oculus-token | Meta Horizon | oculus meta+horizon meta_quest | developers.meta.com/horizon: reset it | developers.meta.com/horizon/documentation/
 access token | OC¦{d10-20}¦{b20-64} | near
omdb-key | OMDb | omdb | omdbapi.com: ask for a new key | www.omdbapi.com
 API key | {h8} | unsure low e2
pandascore-token | PandaScore | pandascore | app.pandascore.co/dashboard: regenerate it | developers.pandascore.co
 token | {b54} {b48}
pastebin-key | Pastebin | pastebin | pastebin.com/doc_api: regenerate it | pastebin.com/doc_api
 developer key | {a32} {h32}
patreon-secret | Patreon | patreon | patreon.com/portal/registration/register-clients: reset it | docs.patreon.com
 client secret or access token | {b64} {b43}
pdfshift-key | PDFShift | pdfshift | app.pdfshift.io: regenerate it | docs.pdfshift.io
 API key | sk_{h40} {h32} | near
pexels-key | Pexels | pexels | pexels.com/api: reset it | www.pexels.com/api/documentation/
 API key | {a56}
phrase-token | Phrase | phraseapp phrase_access phrase_api phrase_token phrase.com | app.phrase.com/settings/oauth_access_tokens: delete it | developers.phrase.com/en/api/strings/authentication
 access token | {h64}
pinterest-token | Pinterest | pinterest | developers.pinterest.com/apps: revoke it | developers.pinterest.com/docs/developer-tools/token-debugger/
 access token | pina_{a32-180} | sure read
 refresh token | pinr.{t100-500} | sure read
 client secret | {h40}
pixabay-key | Pixabay | pixabay | pixabay.com/api/docs: ask for a new key | pixabay.com/api/docs/
 API key | {d7-8}-{h25}
prismic-token | Prismic | prismic | prismic.io, Settings, API & security: delete it | prismic.io/docs/access-token
 access token | MC5{b40-140}.{b30-120} {b80-160} | near
reddit-secret | Reddit | reddit | reddit.com/prefs/apps: regenerate it | github.com/reddit-archive/reddit/wiki/OAuth2
 client secret | {b27} {b30}
rebrandly-key | Rebrandly | rebrandly | app.rebrandly.com/account/api-keys: delete it | developers.rebrandly.com
 API key | {h32}
riot-key | Riot Games | riot_api riot_key riotgames lol_api rgapi | developer.riotgames.com: regenerate it | developer.riotgames.com/docs/portal
 API key | RGAPI-{uuid} | sure
roblox-key | Roblox | roblox roblosecurity | create.roblox.com/credentials: delete it | create.roblox.com/docs/cloud/auth/api-keys
 API key | {s48}{=} {s48-64} | near
sanity-token | Sanity | sanity | sanity.io/manage, API, Tokens: delete it | www.sanity.io/docs/http-auth | read
 API token | sk{a178} sk{a78-200} | near critical
screenshotapi-key | ScreenshotAPI | screenshotapi screenshot_api screenshotone shotstack sirv | the service's dashboard: regenerate it | docs.screenshotapi.net
 API key | {u7}-{u7}-{u7}-{u7} {a40} {b14-20} {s86}{=}
shortio-key | Short.io | short_io shortio short.io shortcm | app.short.io/settings/integrations/api-key: delete it | developers.short.io
 secret key | sk_{a16} pk_{a16} | near
shutterstock-secret | Shutterstock | shutterstock | shutterstock.com/account/developers/apps: regenerate it | api-reference.shutterstock.com
 consumer secret | {a16} {a32} v2/{t200-500} | near
sightengine-secret | Sightengine | sightengine | dashboard.sightengine.com/api-credentials: regenerate it | sightengine.com/docs
 API secret | {a20} {a32}
snapchat-secret | Snapchat | snapchat snap_client | business.snapchat.com: regenerate it | developers.snap.com
 client secret | {h20} {b40-60}
soundcloud-secret | SoundCloud | soundcloud | soundcloud.com/you/apps: reset it | developers.soundcloud.com/docs/api/guide
 client secret or id | {a32}
spotify-secret | Spotify | spotify | developer.spotify.com/dashboard: rotate the secret | developer.spotify.com/documentation/web-api/concepts/apps
 client secret | {h32}
 refresh token | AQ{b120-140} BQ{b80-300} | near
steam-key | Steam | steam_api steam_web steamapi steam_key steam-api !steam steampowered | steamcommunity.com/dev/apikey: revoke it | steamcommunity.com/dev
 web API key | {H32} {x32}
strapi-token | Strapi | strapi | Strapi, Settings, API tokens: regenerate it | github.com/strapi/strapi/blob/main/packages/core/admin/server/src/services/api-token.ts | read
 API token | {h256} | critical
strava-secret | Strava | strava | strava.com/settings/api: renew it | developers.strava.com/docs/getting-started/
 client secret or token | {h40}
dropbox-sign-key | Dropbox Sign | hellosign hello_sign dropbox_sign | app.hellosign.com/home/myAccount#api: delete it | developers.hellosign.com/api/reference/authentication/
 API key or secret | {h64} {h32}
tally-key | Tally | tally_api tally_so tally.so | tally.so/settings/api-keys: delete it | developers.tally.so/api-reference/api-keys
 API key | tly-{a32} | sure
thinkific-key | Thinkific | thinkific | Thinkific, Settings, API: regenerate it | developers.thinkific.com
 API key | {h32} {a32}
tiktok-secret | TikTok | tiktok tik_tok | developers.tiktok.com/apps: reset it | developers.tiktok.com/doc/oauth-user-access-token-management
 client secret | {a32} {h40}
 access token | {act/rft}.{b40-100} clt.{b40-100} | near
tmdb-key | TMDB | tmdb themoviedb the_movie_db movie_db moviedb | themoviedb.org/settings/api: regenerate it | developer.themoviedb.org/docs/authentication-application
 API key | {h32} | read
 read access token | eyJ{b20-40}.eyJ{b100-300}.{b43} | near
tumblr-secret | Tumblr | tumblr | tumblr.com/oauth/apps: reset it | www.tumblr.com/docs/en/api/v2
 consumer or secret key | {a50}
twitch-secret | Twitch | twitch | dev.twitch.tv/console/apps: new secret | dev.twitch.tv/docs/authentication/register-app
 client secret or token | {l30}
 stream key | live_{d6-11}_{a30} | near
 chat token | oauth:{l30}
twitter-secret | X | twitter twitter_api tw_consumer tw_access tweepy x_api_key x_consumer x_access | developer.x.com/portal: regenerate the keys | docs.x.com/ja/fundamentals/authentication/oauth-2-0/bearer-tokens
 API or access token secret | {a50} {a45} | critical
 API secret of the old form | {a41} | critical read
 API key | {a25} | near
 API key of the old form | {a22} | near medium read e3.4
 access token | {d7-19}-{a40} | near
 bearer token | AAAAAAAAAAAAAAAAAAAAA{t60-120} AAAAAAAAAAAAAAAAAAAAA{a4-30}%{2B/2F/3D}{a20-70} AAAAAAAAAAAAAAAAAAAAA{a4-30}%{2B/2F/3D}{a1-40}%{2B/2F/3D}{a20-70} AAAAAAAAAAAAAAAAAAAAA{a4-30}%{2B/2F/3D}{a1-40}%{2B/2F/3D}{a1-40}%{2B/2F/3D}{a20-70} AAAAAAAAAAAAAAAAAAAAA{a4-30}%{2B/2F/3D}{a1-40}%{2B/2F/3D}{a1-40}%{2B/2F/3D}{a1-40}%{2B/2F/3D}{a20-70} | near read
unsplash-key | Unsplash | unsplash | unsplash.com/oauth/applications: delete the app | unsplash.com/documentation
 access or secret key | {b43} {h64}
vimeo-token | Vimeo | vimeo | developer.vimeo.com/apps: revoke it | developer.vimeo.com/api/authentication
 access token | {h32}
 client secret | {s128} {b80-130}
vk-token | VK | vk_token vk_api vk_service vkontakte vk_access vk_secret vk.com | vk.com/apps?act=manage: reset it | dev.vk.com
 access token | vk1.a.{b80-220} {h85} {h70-90} | near
 secure or service key | {a20} {h64}{h12}
webflow-token | Webflow | webflow | webflow.com, Site settings, Apps & integrations: revoke it | developers.webflow.com/data/reference/token/authenticated-user
 API token | {h64} ws-{h64} | near
wolfram-key | Wolfram Alpha | wolfram | developer.wolframalpha.com: delete it | products.wolframalpha.com/api/documentation
 app id | {u6}-{u10}
wordpress-token | WordPress | wordpress wp_app wp_application wpcom wp_admin | WordPress, Users, Profile: revoke the application password | github.com/WordPress/WordPress/blob/master/wp-includes/class-wp-application-passwords.php
 application password | {a24} | near e3 read
 token of WordPress.com | {a64} | near e3
dailymotion-secret | Dailymotion | dailymotion | dailymotion.com/partner: reset it | developers.dailymotion.com
 API secret | {h40}
abyssale-key | Abyssale | abyssale | Abyssale, account settings, API: make a new key, delete the old one | developers.abyssale.com
 API key | {a40} {a32-64}
apitemplate-key | APITemplate.io | apitemplate api_template | APITemplate.io, account settings, API: make a new key, delete the old one | docs.apitemplate.io
 API key | {h4}{a35} {a39} {a32-44}
blitapp-key | Blitapp | blitapp | Blitapp, account settings, API: make a new key, delete the old one | blitapp.com/api/
 API key | {a39} {b39}
gengo-key | Gengo | gengo_api gengo_key gengo_secret gengo.com !gengo | Gengo, account settings, API: make a new key, delete the old one | developers.gengo.com
 API or private key | {z60-66} {b60-66}
glitterly-key | Glitterly | glitterly | Glitterly, account settings, API: make a new key, delete the old one | docs.glitterly.app
 API key | {h8}-{h4}-{h4}-{h4}-{h12}
happi-key | Happi.dev | happi_api happi.dev happi_key !happi | Happi.dev, account settings, API: make a new key, delete the old one | happi.dev/docs
 API key | {a56} {h56}
iconfinder-key | Iconfinder | iconfinder | Iconfinder, account settings, API: make a new key, delete the old one | developer.iconfinder.com
 API key | {a64}
opengraphr-key | OpenGraphr | opengraphr | OpenGraphr, account settings, API: make a new key, delete the old one | opengraphr.com
 API key | {a80}
opengraph-io-key | OpenGraph.io | opengraph_api opengraphio opengraph.io | OpenGraph.io, account settings, API: make a new id, delete the old one | www.opengraph.io/documentation
 app id | {uuid}
optidash-key | Optidash | optidash | Optidash, account settings, API: make a new key, delete the old one | docs.optidash.ai
 API key | {h32} {a32}
photoroom-key | Photoroom | photoroom | Photoroom, account settings, API: make a new key, delete the old one | docs.photoroom.com
 API key | {h40} sandbox_{h40} | near
restpack-token | Restpack | restpack | Restpack, account settings, API: make a new token, delete the old one | restpack.io/docs
 access token | {a48}
selectpdf-key | SelectPdf | selectpdf | SelectPdf, account settings, API: make a new key, delete the old one | selectpdf.com/html-to-pdf-api/
 API key | {uuid}
simvoly-key | Simvoly | simvoly | Simvoly, account settings, API: make a new key, delete the old one | simvoly.com
 API key | {a33} {b33}
storychief-key | StoryChief | storychief | StoryChief, account settings, API: make a new key, delete the old one | developers.storychief.io
 API key | {b940} {b400-1200}
viewneo-token | viewneo | viewneo | viewneo, account settings, API: make a new token, delete the old one | cloud.viewneo.com
 access token | {b100-1200} {a120-500}
browshot-key | Browshot | browshot | Browshot, account settings, API: make a new key, delete the old one | browshot.com/api/documentation
 API key | {a28} {b20-40}
siteleaf-secret | Siteleaf | siteleaf | Siteleaf, account settings, API: make a new secret, delete the old one | learn.siteleaf.com/api/authentication/
 API key or secret | {h32}
tinyurl-token | TinyURL | tinyurl tiny_url | TinyURL, account settings, API: make a new token, delete the old one | tinyurl.com/app/dev
 API token | {a60}
cloudimage-key | Cloudimage | cloudimage | Cloudimage, account settings, API: make a new key, delete the old one | docs.cloudimage.io
 API key | {a16-32}
builderio-key | Builder.io | builder_private builder_io builder.io builder_api | Builder.io, account settings, API: make a new key, delete the old one | www.builder.io/c/docs/private-keys
 private key | bpk-{h32}
payload-secret | Payload | payload_secret payload_api payloadcms | Payload, account settings, API: make a new secret, delete the old one | payloadcms.com/docs/configuration/overview
 secret | {h24} {h32} {h64}
`;
