/** Money and goods: payment, subscription, tax, shops, shipping, banking data. */
export const commerce = `
adyen-api-key | Adyen | adyen | ca-live.adyen.com, Developers, API credentials: generate a new key | docs.adyen.com/development-resources/api-credentials/
 API key | AQE{s65-260}{=} | near critical
 API key of today | AQE{s50-200}{=}-{s30-60}{=}-{t8-40} | critical
 HMAC key | {H64} | critical
afterpay-secret | Afterpay | afterpay clearpay | Afterpay, merchant portal: ask for a new key | developers.afterpay.com
 secret key | {h128} | critical
amazon-mws-token | Amazon MWS | mws_auth mws_token amazon_mws amzn.mws | sellercentral.amazon.com, Manage your apps: revoke it | developer-docs.amazon.com
 auth token | amzn.mws.{uuid} | critical
amazon-oauth-secret | Login with Amazon | amazon_client lwa_client lwa_secret amazon_oauth amazon+login sp_api | developer.amazon.com, Login with Amazon: rotate it | developer.amazon.com/docs/login-with-amazon/security-profile.html
 client secret | amzn1.oa2-cs.v1.{h64} | critical
asaas-token | Asaas | asaas | asaas.com/customerApiAccessToken: delete it | docs.asaas.com/docs/authentication
 API token | $aact_{prod/hmlg}_{t100-220} | critical
authorize-net-key | Authorize.Net | authorize+net authorizenet authnet anet_transaction | account.authorize.net, API credentials & keys: obtain a new transaction key | developer.authorize.net/api/reference/
 transaction key | {a16} | critical e3
avalara-key | Avalara | avalara avatax | identity.avalara.com, License and API keys: reset it | developer.avalara.com/avatax/authentication-in-rest/
 licence key | {H16} {x16}
braintree-token | Braintree | braintree | Braintree control panel, API keys: delete the key | github.com/braintree/braintree_node/blob/master/README.md | read
 private key | {h32} | critical
bigcommerce-token | BigCommerce | big+commerce | BigCommerce, Store-level API accounts: delete it | github.com/bigcommerce/bigcommerce-api-python/blob/master/README.md | read
 access token or client secret | {l31} {h64} | critical
bolt-key | Bolt | bolt_api bolt_signing bolt_secret bolt.com bolt_key | merchant.bolt.com, Developers: rotate it | help.bolt.com/developers/
 API key or signing secret | {h64}
cashfree-key | Cashfree | cashfree | merchant.cashfree.com, Developers, API keys: delete it | www.cashfree.com/docs/api-reference/authentication
 secret key | cfsk_ma_{prod/test}_{h32}_{h8} | critical
chargebee-key | Chargebee | chargebee | Chargebee, Configure, API keys: delete it | apidocs.chargebee.com/docs/api/auth
 API key | live_{a30-50} | near critical
 test API key | test_{a30-50} | near low
checkout-key | Checkout.com | checkout_secret checkout_api checkout.com cko_secret | dashboard.checkout.com, Developers, Keys: revoke it | github.com/checkout/checkout-sdk-node/blob/master/src/config.js | read
 secret key | sk_{l26}{*/#/$/=} sk_{l26-27} sk_{uuid} | near critical
 sandbox secret key | sk_sbox_{l26}{*/#/$/=} sk_sbox_{l26-27} sk_test_{uuid} | low
conekta-key | Conekta | conekta | panel.conekta.com/developers/api-keys: revoke it | github.com/conekta/conekta-node/blob/master/README.md | read
 private key | key_{a20-24} {a20-24} | near critical
cybersource-key | CyberSource | cybersource | ebc2.cybersource.com, Key management: deactivate it | developer.cybersource.com/docs/cybs/en-us/platform/developer/all/rest/rest-getting-started/
 shared secret | {s43}= | critical
dwolla-secret | Dwolla | dwolla | dashboard.dwolla.com/applications: rotate it | github.com/Dwolla/dwolla-v2-node/blob/master/README.md | read
 secret | {a50} {a48-52} | critical
 key | {a50} | near medium
ebay-secret | eBay | ebay | developer.ebay.com/my/keys: rotate it | developer.ebay.com/api-docs/static/oauth-credentials.html
 client secret | {PRD/SBX}-{h12}-{h4}-{h4}-{h4}-{h4} | critical
ecwid-token | Ecwid | ecwid | my.ecwid.com, Apps: remove it | api-docs.ecwid.com/reference/authentication
 secret token | secret_{a32} | near
etsy-key | Etsy | etsy | etsy.com/developers/your-apps: ask for a new key | developers.etsy.com/documentation/essentials/authentication/
 API key or shared secret | {l24} {l10}
fastspring-key | FastSpring | fastspring | app.fastspring.com/integration: reset it | developer.fastspring.com/reference/getting-started-with-your-api
 API password | {b22}
fedex-secret | FedEx | fedex | developer.fedex.com, My projects: regenerate it | developer.fedex.com/api/en-us/get-started.html
 API key or secret | {h32} {l32} {a25}
finicity-key | Finicity | finicity | developer.mastercard.com: renew it | developer.mastercard.com/open-finance-us/documentation/
 app key or secret | {h32} {a20}
gocardless-token | GoCardless | gocardless go_cardless gc_access | manage.gocardless.com/developers: delete it | developer.gocardless.com/getting-started/api/making-your-first-request/ | read
 live access token | live_{b40} | near critical
 sandbox access token | sandbox_{b40} | near low
gumroad-token | Gumroad | gumroad | app.gumroad.com/settings/advanced: delete it | app.gumroad.com/api
 access token | {b43} {h64}
highnote-key | Highnote | highnote | dashboard.highnote.com: rotate it | docs.highnote.com
 secret key | {sk/rk}_{live/test}_{s80-200}{=} | near
instamojo-key | Instamojo | instamojo | instamojo.com/integrations: regenerate it | docs.instamojo.com
 API key or token | {h32}
iyzico-key | iyzico | iyzico iyzipay | merchant.iyzipay.com/settings: renew it | github.com/iyzico/iyzipay-node/blob/master/README.md | read
 API or secret key | {a32} sandbox-{a32} | near critical
klarna-key | Klarna | klarna | portal.klarna.com, Settings: disable the credential | docs.klarna.com/api/authentication/
 API password | klarna_{live/test}_api_{b60-180} | critical
lemonsqueezy-key | Lemon Squeezy | lemon+squeezy | app.lemonsqueezy.com/settings/api: delete it | docs.lemonsqueezy.com/guides/developer-guide/getting-started
 API key | eyJ{b10-100}.eyJ{b100-1300}.{b300-800} | near critical
lightspeed-token | Lightspeed | lightspeed_retail lightspeed_api lightspeed_token lsxs !lightspeed | Lightspeed, Setup, Personal tokens: delete it | x-series-api.lightspeedhq.com/docs/authorization
 personal access token | lsxs_pt_{a20-60}
magento-token | Adobe Commerce | magento adobe_commerce | Admin, System, Integrations: reauthorise it | developer.adobe.com/commerce/webapi/get-started/authentication/
 access token or key | {l32} | critical
mercadopago-token | Mercado Pago | mercado+pago mp_access mercado_libre mercadolibre | mercadopago.com/developers/panel: renew it | www.mercadopago.com/developers/en/docs/your-integrations/credentials
 access token | APP_USR-{d12-20}-{d6}-{h32}-{d6-12} | critical
 test access token | TEST-{d12-20}-{d6}-{h32}-{d6-12} | low
mercury-token | Mercury | mercury_api mercury_token mercury_bank mercury.com | app.mercury.com/settings/tokens: revoke it | docs.mercury.com/docs/getting-started
 production token | mercury_production_{t40-100} | critical
 sandbox token | mercury_sandbox_{t40-100} | low
midtrans-key | Midtrans | midtrans | dashboard.midtrans.com, Settings, Access keys: regenerate it | docs.midtrans.com/reference/api-authorization
 server key | Mid-server-{b24} | critical
 sandbox server key | SB-Mid-server-{b24} | low
 client key | Mid-client-{b16} | info
mollie-api-key | Mollie | mollie | my.mollie.com/dashboard/developers/api-keys: reset it | github.com/mollie/mollie-api-php/blob/master/README.md
 live key | live_{a30-40} | near critical
 test key | test_{a30-40} | near low read
 organization token | access_{a30-60} | near critical
moonclerk-key | MoonClerk | moonclerk | app.moonclerk.com/settings/api: reset it | github.com/moonclerk/developer
 API key | {h32} {h64}
onfido-token | Onfido | onfido | dashboard.onfido.com/api/tokens: revoke it | documentation.onfido.com/api/latest/#authentication
 live token | api_live{./_us./_ca.}{b11}.{b32} | critical
 sandbox token | api_sandbox{./_us./_ca.}{b11}.{b32} | low
paddle-key | Paddle | paddle | vendors.paddle.com/authentication-v2: revoke it | developer.paddle.com/api-reference/about/authentication | read
 API key | pdl_live_apikey_{l26}_{a22}_{a3} | critical
 sandbox API key | pdl_sdbx_apikey_{l26}_{a22}_{a3} | low
 webhook secret | pdl_ntfset_{l26}_{s32}
 classic auth code | {h50} | near
pagarme-key | Pagar.me | pagarme pagar_me pagar.me | dash.pagar.me, API keys: revoke it | docs.pagar.me/docs/chaves-de-acesso
 secret key | ak_live_{a30} sk_{h32} sk_{a16} | near critical
paymongo-key | PayMongo | paymongo | dashboard.paymongo.com/developers: roll it | developers.paymongo.com/docs/authentication
 secret key | sk_live_{a24} sk_test_{a24} | near critical
paypal-secret | PayPal | paypal pay_pal | developer.paypal.com/dashboard/applications: generate a new secret | developer.paypal.com/api/rest/#link-getcredentials
 client secret | E{b79} | near critical
 client id | A{b79} | near low
paystack-key | Paystack | paystack | dashboard.paystack.com/#/settings/developers: renew it | paystack.com/docs/api/authentication/
 secret key | sk_live_{h40} | near critical
 test secret key | sk_test_{h40} | near low
paytm-key | Paytm | paytm | dashboard.paytmpayments.com, Developer settings: renew it | www.paytmpayments.com/docs/getting-started
 merchant key | {t16} {a16-20} | critical e3
payu-key | PayU | payu | PayU, merchant panel: renew it | developers.payu.com
 salt or key | {a32} {a8-40} | critical
persona-key | Persona | persona_api persona_production persona_sandbox withpersona | app.withpersona.com/dashboard/api-keys: rotate it | docs.withpersona.com/authentication
 production API key | persona_production_{b36} persona_production_{b30-50} | critical
 sandbox API key | persona_sandbox_{b30-50} | low
plaid-token | Plaid | plaid | dashboard.plaid.com/developers/keys: rotate the secret | github.com/plaid/plaid-node/blob/master/README.md
 secret | {h30} | critical read
 client id | {h24} | near low
printful-token | Printful | printful | developers.printful.com/tokens: delete it | developers.printful.com/docs/
 token | {a40} {l8}-{l4}-{l4}:{l4}-{l12}
privacy-key | Privacy.com | privacy_com privacy_api privacy.com lithic | privacy.com/account: renew it | developer.privacy.com
 API key | {uuid}
rainforest-key | Rainforest Pay | rainforest | Rainforest, portal: revoke it | docs.rainforestpay.com
 API key | apikey_{h64} sbx_apikey_{h64} | sure critical
ramp-secret | Ramp | ramp_client ramp_api ramp_secret ramp.com ramp_token | app.ramp.com/settings/developer: rotate it | docs.ramp.com/developer-api/v1/authorization
 client secret | ramp_sec_{a48} | critical
 client id | ramp_id_{a40} | low
 token | ramp_business_tok_{a40-48} ramp_tok_{a40-48}
razorpay-secret | Razorpay | razorpay rzp | dashboard.razorpay.com, API keys: regenerate it | razorpay.com/docs/payments/dashboard/account-settings/api-keys/ | read
 key secret | {a24} | critical
recharge-token | Recharge | recharge_api rechargepayments recharge_payments rechargeapps recharge_token | Recharge, Apps, API tokens: revoke it | developer.rechargepayments.com
 API token | sk_{1/2/3}x{1/3/5}_{h64} sk_{1/2/3}x{10/20}_{h64}
 API token of the old form | sk_{test/live}_{h64} {h64} | near
recurly-key | Recurly | recurly | app.recurly.com, Integrations, API credentials: regenerate it | recurly.com/developers/
 private API key | {h32} | critical
saleor-token | Saleor | saleor | Saleor, Configuration, Apps: delete the token | docs.saleor.io
 app token | {a30}
samcart-key | SamCart | samcart | SamCart, Settings, API: reset it | developer.samcart.com
 API key | {b40-80}
shipengine-key | ShipEngine | shipengine ship_engine | app.shipengine.com, API keys: delete it | www.shipengine.com/docs/auth/
 API key | {s43} TEST_{s43} | near
shipstation-secret | ShipStation | shipstation ship_station | ship.shipstation.com, Account, API settings: regenerate it | www.shipstation.com/docs/api/requirements/
 API key or secret | {h32}
shopee-key | Shopee | shopee | open.shopee.com, App: reset the key | open.shopee.com/documents
 partner key | shpk{h60} {h64} | near
shopify-token | Shopify | shopify | Shopify admin, Apps, Develop apps: uninstall the app and install it again | shopify.dev/docs/apps/build/authentication-authorization
 access token or secret | {h32} | critical
snipcart-key | Snipcart | snipcart | app.snipcart.com/dashboard/account/credentials: delete it | docs.snipcart.com/v3/api-reference/authentication
 secret API key | ST_{b60-90} {s75} {s60-80}{=} | near
sovos-key | Sovos | sovos | Sovos, portal: renew it | developer-docs.sovos.com
 API key or secret | {a32-64}
spreedly-secret | Spreedly | spreedly | app.spreedly.com, Access secrets: delete it | docs.spreedly.com
 access secret | {a64} | critical
squarespace-key | Squarespace | squarespace | Squarespace, Settings, Developer tools: disable it | developers.squarespace.com/commerce-apis/authentication-and-permissions
 API key | {uuid}
square-token | Square | square_access square_token square_secret squareup square_api square_application squareupsandbox square_key squareup.com | developer.squareup.com/apps: replace it | github.com/square/square-nodejs-sdk/blob/master/README.md
 access token or secret | EAAA{b60} sq0{atp/csp/idb}-{b22-43} | near critical read
 sandbox secret | sandbox-sq0{csb/idb}-{b22-43} | low
swell-key | Swell | swell_secret swell_api swell_key swell.store !swell | Swell, Developer, API keys: revoke it | developers.swell.is/backend-api/authentication
 secret key | sk_{a32} sk_test_{a32} {a32} | near
taxjar-token | TaxJar | taxjar tax_jar | app.taxjar.com/account#api-access: delete it | github.com/taxjar/taxjar-node/blob/master/README.md | read
 API token | {h32}
tebex-secret | Tebex | tebex buycraft | creator.tebex.io/game-servers: reset it | docs.tebex.io
 secret | {h40}
woocommerce-key | WooCommerce | woocommerce woo_commerce wc_consumer wc_api | WooCommerce, Advanced, REST API: revoke it | github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/includes/class-wc-auth.php | read
 consumer secret | cs_{h40} | critical sure
 consumer key | ck_{h40} | medium
wepay-token | WePay | wepay | wepay.com, developer: renew it | developer.wepay.com
 access token | stage_{h64} production_{h64} PRODUCTION_{h64} STAGE_{h64} | near
wise-token | Wise | transferwise wise_api wise_token transfer_wise wise.com wise_key wise_secret | wise.com/settings/api-tokens: revoke it | docs.wise.com/api-docs/guides/authentication
 API token | {uuid} | critical
xendit-key | Xendit | xendit | dashboard.xendit.co/settings/developers: delete it | archive.developers.xendit.co/api-reference/ | read
 secret key | xnd_production_{a40-80} xnd_production_{s54}== | critical
 test secret key | xnd_development_{a40-80} xnd_development_{s54}== | low
yookassa-key | YooKassa | yookassa yoo_kassa yoomoney yandex_kassa | yookassa.ru/my: reissue it | yookassa.ru/developers/using-api/interaction-format
 secret key | live_{b43} test_{b43} | near critical
zuora-secret | Zuora | zuora | Zuora, OAuth clients: delete it | developer.zuora.com/docs/guides/authentication/
 client secret | {t40-60}
aftership-key | AfterShip | aftership after_ship | AfterShip, account settings, API: make a new key, delete the old one | www.aftership.com/docs/tracking/quickstart/authentication
 API key | {uuid} asat_{h32} {a32-40}
api2cart-key | API2Cart | api2cart | API2Cart, account settings, API: make a new key, delete the old one | docs.api2cart.com
 API key | {h32}
column-key | Column | column_api column.com column_key | Column, account settings, API: make a new key, delete the old one | column.com/docs/api/
 API key | live_{a27} test_{a27} | near
commercejs-key | Commerce.js | commercejs commerce_js chec_secret chec_public chec_api | Commerce.js, account settings, API: make a new key, delete the old one | commercejs.com/docs/api/
 secret key | sk_{a48} sk_test_{a48} | near
elasticpath-secret | Elastic Path | elasticpath elastic_path moltin | Elastic Path, account settings, API: make a new secret, delete the old one | elasticpath.dev/docs/authentication/
 client secret | {a40} {a50}
lendflow-token | Lendflow | lendflow | Lendflow, account settings, API: make a new token, delete the old one | docs.lendflow.com
 API token | {b400-1200} {a36-64}
loyverse-token | Loyverse | loyverse | Loyverse, account settings, API: make a new token, delete the old one | developer.loyverse.com
 access token | {h32}
netsuite-secret | NetSuite | netsuite | NetSuite, account settings, API: make a new secret, delete the old one | docs.oracle.com/en/cloud/saas/netsuite/
 token or consumer secret | {h64}
onbuka-key | Onbuka | onbuka | Onbuka, account settings, API: make a new key, delete the old one | www.onbuka.com
 API key | {a8} {a20-40}
sellfy-key | Sellfy | sellfy | Sellfy, account settings, API: make a new key, delete the old one | docs.sellfy.com
 API key | {h32}
storecove-key | Storecove | storecove | Storecove, account settings, API: make a new key, delete the old one | www.storecove.com/docs
 API key | {b43}
vouchery-key | Vouchery | vouchery | Vouchery, account settings, API: make a new key, delete the old one | docs.vouchery.io
 API key | {uuid}
zipbooks-token | ZipBooks | zipbooks | ZipBooks, account settings, API: make a new token, delete the old one | developer.zipbooks.com
 auth token | {b60-300} {a60-100}
walmart-secret | Walmart | walmart_api walmart_client walmart_secret !walmart | Walmart, account settings, API: make a new secret, delete the old one | developer.walmart.com
 client secret | {b80-90} {a32-64}
marqeta-token | Marqeta | marqeta | Marqeta, account settings, API: make a new token, delete the old one | www.marqeta.com/docs/core-api/authentication
 admin access token | {uuid}
tookan-key | Tookan | tookan | Tookan, account settings, API: make a new key, delete the old one | tookanapi.docs.apiary.io
 API key | {h48-56} {h40-64}
doordash-secret | DoorDash | doordash | DoorDash, account settings, API: make a new secret, delete the old one | developer.doordash.com
 signing secret | {b43}
postmates-key | Postmates | postmates | Postmates, account settings, API: make a new key, delete the old one | postmates.com/developer
 API key | {uuid}
easyship-token | Easyship | easyship | Easyship, account settings, API: make a new token, delete the old one | developers.easyship.com
 access token | prod_{s43}= sand_{s43}= | near
sendcloud-key | Sendcloud | sendcloud send_cloud | Sendcloud, account settings, API: make a new key, delete the old one | api.sendcloud.dev
 secret key | {h32}
ship24-key | Ship24 | ship24 | Ship24, account settings, API: make a new key, delete the old one | docs.ship24.com
 API key | apik_{a30} apik_{a24-40} | near
17track-token | 17TRACK | 17track seventeentrack 17token | 17TRACK, account settings, API: make a new token, delete the old one | api.17track.net
 token | {u32}
trackingmore-key | TrackingMore | trackingmore | TrackingMore, account settings, API: make a new key, delete the old one | www.trackingmore.com/docs
 API key | {l8}-{l4}-{l4}-{l4}-{l12} {uuid}
parcellab-token | parcelLab | parcellab parcel_lab | parcelLab, account settings, API: make a new token, delete the old one | docs.parcellab.com
 API token | {h40} {h64} {b40-64}
yotpo-key | Yotpo | yotpo | Yotpo, account settings, API: make a new key, delete the old one | apidocs.yotpo.com
 secret key | {a40}
okendo-key | Okendo | okendo | Okendo, account settings, API: make a new key, delete the old one | docs.okendo.io
 API key | {uuid} {h40}
judgeme-token | Judge.me | judge.me judgeme judge_me | Judge.me, account settings, API: make a new token, delete the old one | judge.me/api/docs
 private token | {b27} {a27} {b40-43}
shopify-token | Shopify | shopify_cli shopify_partner | partners.shopify.com, Settings, CLI tokens: revoke it | shopify.dev/docs/apps/build/cli-for-apps/test-apps-locally
 token of the command line or of the Partner API | atkn_{h64} prtapi_{h32}
`;
