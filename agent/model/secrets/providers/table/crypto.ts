/** Coins and shares: exchanges, chains and their nodes, markets and money. */
export const crypto = `
abstract-api-key | Abstract | abstractapi abstract_api abstractapi.com abstract_key abstract_token | app.abstractapi.com: regenerate it | docs.abstractapi.com
 API key | {h32}
alchemy-api-key | Alchemy | alchemy | dashboard.alchemy.com/apps: rotate it | www.alchemy.com/docs/how-to-create-access-keys
 API key | {b32} {b21} alcht_{a30} | path near
alpaca-secret | Alpaca | alpaca apca | app.alpaca.markets, API keys: regenerate it | docs.alpaca.markets/docs/authentication
 secret key | {a40} {a43-44} | critical
 key id | {PK/AK/CK}{u18} {PK/AK/CK}{u18-24} | near medium
alphavantage-key | Alpha Vantage | alpha+vantage | alphavantage.co/support: ask for a new key | www.alphavantage.co/documentation/
 API key | {u16}
ankr-key | Ankr | ankr | ankr.com/rpc/projects: delete the endpoint | www.ankr.com/docs/rpc-service/getting-started/
 API key | {h64} | path
binance-secret | Binance | binance bnb_api mbx+apikey | binance.com/my/settings/api-management: delete it | github.com/binance/binance-spot-api-docs/blob/master/rest-api.md | read
 API or secret key | {a64} | critical
bitfinex-key | Bitfinex | bitfinex | setting.bitfinex.com/api: revoke it | docs.bitfinex.com/docs/rest-auth
 API key or secret | {a43} {h43} | critical
bitget-key | Bitget | bitget | bitget.com/account/newapi: delete it | www.bitget.com/api-doc/common/quick-start
 secret key | {h64} bg_{h32} | near critical
bitmex-key | BitMEX | bitmex | bitmex.com/app/apiKeys: disable it | www.bitmex.com/app/apiKeysUsage
 secret | {b48} | critical
 key id | {b24} | medium
bitstamp-secret | Bitstamp | bitstamp | bitstamp.net/account/security/api: delete it | www.bitstamp.net/api/
 secret | {a32} | critical
bittrex-key | Bittrex | bittrex | Bittrex is closed: make sure that the key is used nowhere else | bittrex.github.io/api/v3
 API key or secret | {h32} | medium
blockcypher-token | BlockCypher | blockcypher | accounts.blockcypher.com/tokens: delete it | www.blockcypher.com/dev/
 token | {h32}
blockfrost-key | Blockfrost | blockfrost | blockfrost.io/dashboard: delete the project | github.com/blockfrost/blockfrost-js/blob/master/src/utils/index.ts | read
 project id | {mainnet/preprod/preview/testnet}{a32} ipfs{a32}
blocknative-key | Blocknative | blocknative | explorer.blocknative.com/account: delete it | docs.blocknative.com
 API key | {uuid}
bscscan-key | Etherscan | etherscan bscscan polygonscan arbiscan ftmscan snowtrace basescan optimistic_etherscan | etherscan.io/myapikey: delete it | docs.etherscan.io/getting-an-api-key
 API key | {u34}
bybit-key | Bybit | bybit | bybit.com/app/user/api-management: delete it | bybit-exchange.github.io/docs/v5/guide
 secret | {a36} | critical
 API key | {a18} | medium
chainstack-key | Chainstack | chainstack | console.chainstack.com: delete the node | docs.chainstack.com
 node key | {h32} | path
coinapi-key | CoinAPI | coin+api | coinapi.io, customer portal: revoke it | docs.coinapi.io
 API key | {uuid}
coinbase-key | Coinbase | coinbase cb_access gdax | portal.cdp.coinbase.com/access/api: delete it | github.com/coinbase/coinbase-advanced-py/blob/master/README.md
 API key or secret | {a32} {a64} {s86}== {a16} | critical
 key name | organizations/{uuid}/apiKeys/{uuid} | medium read
coingecko-key | CoinGecko | coingecko coin_gecko | coingecko.com/en/developers/dashboard: delete it | docs.coingecko.com/reference/authentication
 API key | CG-{a24} | sure
coinlayer-key | Coinlayer | coinlayer | coinlayer.com/dashboard: reset it | coinlayer.com/documentation
 API key | {h32}
coinlib-key | Coinlib | coinlib | coinlib.io/profile/info: reset it | coinlib.io/apidocs
 API key | {h16} {a16}
coinmarketcap-key | CoinMarketCap | coinmarketcap coin_market_cap cmc_api cmc_pro cmc_key | pro.coinmarketcap.com/account: regenerate it | coinmarketcap.com/api/documentation/v1/
 API key | {uuid} {h32}
covalent-key | GoldRush | covalent goldrush ckey | goldrush.dev/platform/apikey: delete it | goldrush.dev/docs/overview
 API key | cqt_{w28-40} ckey_{h27} | sure
cryptocompare-key | CryptoCompare | cryptocompare crypto_compare | cryptocompare.com/cryptopian/api-keys: delete it | developers.cryptocompare.com/documentation
 API key | {h64}
currencylayer-key | currencylayer | currencylayer currency_layer | currencylayer.com/dashboard: reset it | currencylayer.com/documentation
 access key | {h32}
currencyfreaks-key | CurrencyFreaks | currency+freaks | currencyfreaks.com/dashboard: regenerate it | currencyfreaks.com/documentation
 API key | {h32}
currencyscoop-key | CurrencyBeacon | currencyscoop currencybeacon | currencybeacon.com/account: regenerate it | currencybeacon.com/api-documentation
 API key | {h32} {a32}
deribit-secret | Deribit | deribit | deribit.com/account/BTC/api: delete it | docs.deribit.com
 client secret | {b43} | critical
 client id | {b8} | unsure low
dune-key | Dune | dune_api dune_key dune-api dune.com !dune | dune.com/settings/api: revoke it | github.com/duneanalytics/dune-client/blob/main/README.md | read
 API key | {a32}
drpc-key | dRPC | drpc | drpc.org/dashboard: rotate it | drpc.org/docs
 API key | {b40-50} | path
ethplorer-key | Ethplorer | ethplorer | ethplorer.io/wallet: delete it | github.com/EverexIO/Ethplorer/wiki/Ethplorer-API
 API key | EK-{a5}-{a7}-{a5} {b20-24}
exchangerate-key | ExchangeRate-API | exchangerate exchange_rate exchangerateapi exchange-rate | app.exchangerate-api.com/keys: regenerate it | www.exchangerate-api.com/docs/overview
 API key | {h24} {a32} | path
fastforex-key | fastFOREX | fast+forex | console.fastforex.io: delete it | fastforex.readme.io
 API key | {h10}-{h10}-{l6} {l27-30} | near
finage-key | Finage | finage | moon.finage.co.uk/api-keys: delete it | finage.co.uk/docs/api
 API key | API_KEY{u32} {u32} | near
fmp-key | Financial Modeling Prep | financial+modeling+prep financialmodelingprep fmp_api fmp_key | site.financialmodelingprep.com/developer/docs/dashboard: regenerate it | site.financialmodelingprep.com/developer/docs
 API key | {a32} {h32}
finnhub-key | Finnhub | finnhub | finnhub.io/dashboard: regenerate it | finnhub.io/docs/api/authentication
 API key | {l20} {l40} sandbox_{l20} | near
fixer-key | Fixer | fixerio fixer_io fixer.io fixer_api fixer_key fixer_access !fixer data.fixer.io | fixer.io/dashboard: reset it | fixer.io/documentation
 access key | {a32}
glassnode-key | Glassnode | glassnode | studio.glassnode.com/settings/api: delete it | docs.glassnode.com/basic-api/api-key
 API key | {a27} {a24-32}
helius-key | Helius | helius | dashboard.helius.dev/api-keys: delete it | www.helius.dev/docs/api-reference/authentication
 API key | {uuid}
huobi-key | HTX | huobi htx_api htx_secret htx_key htx_access htx.com | htx.com/en-us/apikey: delete it | www.htx.com/en-us/opend/newApiPages/
 access or secret key | {h8}-{h8}-{h8}-{l5} {l8}-{l8}-{l8}-{l5} | critical
iexcloud-token | IEX Cloud | iexcloud iex_cloud iex_token iex_api iexapis | IEX Cloud is closed: make sure that the token is used nowhere else | iexcloud.io
 token | {pk/sk}_{h32} T{sk/pk}_{h32} | near
infura-key | Infura | infura | app.infura.io/dashboard: delete it | docs.metamask.io/services/get-started/infura/
 project id, key or secret | {h32} {s43-45}{=} | path
intrinio-key | Intrinio | intrinio | account.intrinio.com, API keys: delete it | docs.intrinio.com
 API key | {a44} {s40-50}{=}
kraken-key | Kraken | kraken | kraken.com/u/security/api: delete it | docs.kraken.com/api/docs/guides/spot-rest-auth
 private key | {s86}== | critical
 API key | {s56} | medium
kucoin-secret | KuCoin | kucoin | kucoin.com/account/api: delete it | www.kucoin.com/docs-new/authentication
 secret or passphrase | {uuid} | critical
 API key | {h24} | medium
lunchmoney-token | Lunch Money | lunchmoney lunch_money | my.lunchmoney.app/developers: revoke it | lunchmoney.dev
 access token | {h50}
luno-secret | Luno | luno | luno.com/developers: delete it | www.luno.com/en/developers/api
 secret | {b43} | critical
 key id | {l13} | unsure low
marketstack-key | marketstack | marketstack | marketstack.com/dashboard: reset it | marketstack.com/documentation
 access key | {h32}
mexc-key | MEXC | mexc | mexc.com/user/openapi: delete it | mexcdevelop.github.io/apidocs/spot_v3_en/
 secret key | {h32} | critical
 access key | mx0{b15-20} | medium
messari-key | Messari | messari | messari.io/account/api: delete it | docs.messari.io
 API key | {b40-64} {uuid}
moralis-key | Moralis | moralis | admin.moralis.com/api-keys: delete it | docs.moralis.com/get-started
 API key | eyJ{b20-100}.eyJ{b60-400}.{b40-90} {a64} | near
nasdaq-data-link-key | Nasdaq Data Link | nasdaq+data+link quandl ndl_api nasdaq | data.nasdaq.com/account/profile: regenerate it | docs.data.nasdaq.com/docs/getting-started
 API key | {b20}
nftport-key | NFTPort | nftport | dashboard.nftport.xyz: delete it | docs.nftport.xyz
 API key | {uuid}
nownodes-key | NOWNodes | nownodes | account.nownodes.io: delete it | documenter.getpostman.com/view/13630829/TVmFkLwy
 API key | {b32} {a11}
oanda-token | OANDA | oanda | oanda.com, My services, Manage API access: revoke it | developer.oanda.com/rest-live-v20/authentication/
 personal access token | {h32}-{h32} | critical
okx-key | OKX | okx_ okx-api okex | okx.com/account/my-api: delete it | www.okx.com/docs-v5/en/#overview-rest-authentication
 secret key | {H32} {h32} | critical
 API key | {uuid} | medium
opensea-key | OpenSea | opensea | opensea.io/settings/developer: delete it | docs.opensea.io/reference/api-keys
 API key | {h32}
openexchangerates-key | Open Exchange Rates | open+exchange+rates oxr_app openexchangerates oxr_api | openexchangerates.org/account/app-ids: deactivate it | docs.openexchangerates.org/reference/authentication
 app id | {h32}
pinata-key | Pinata | pinata | app.pinata.cloud/developers/api-keys: revoke it | github.com/PinataCloud/Pinata-SDK/blob/master/README.md | read
 secret API key | {h64}
 API key | {h20} | medium
poloniex-secret | Poloniex | poloniex | poloniex.com/apiKeys: delete it | api-docs.poloniex.com
 secret | {h128} | critical
 API key | {u8}-{u8}-{u8}-{u8} | medium
polygon-io-key | Massive | polygon_io polygonio polygon.io polygon_api polygon_key massive.com | massive.com/dashboard/keys: delete it | massive.com/docs/rest/quickstart
 API key | {b32}
purestake-key | PureStake | purestake | developer.purestake.io: renew it | developer.purestake.io
 API key | {a40}
quicknode-key | QuickNode | quicknode quiknode | dashboard.quicknode.com: delete the endpoint or the key | www.quicknode.com/docs/welcome
 endpoint token | {h40} | path
 console API key | QN_{h32} | sure
robinhood-key | Robinhood | robinhood | robinhood.com, Crypto, API trading: delete it | docs.robinhood.com/crypto/trading/
 private key | {s86}== {s43}= | critical
 API key | rh-api-{uuid} | medium sure
sec-api-key | sec-api.io | sec_api secapi sec-api sec-api.io | sec-api.io/profile: regenerate it | sec-api.io/docs
 API key | {h64}
simfin-key | SimFin | simfin | app.simfin.com/dataset/api: regenerate it | simfin.readme.io
 API key | {a32} {uuid}
stockdata-key | StockData | stockdata stock_data marketaux | stockdata.org/dashboard: reset it | www.stockdata.org/documentation
 API token | {a40}
tatum-key | Tatum | tatum | dashboard.tatum.io/api-keys: delete it | docs.tatum.io/docs/authentication
 API key | t-{h24}-{h24} t-{h24}-{h32} {uuid}_{t80} {uuid} | near
tiingo-token | Tiingo | tiingo | tiingo.com/account/api/token: reset it | www.tiingo.com/documentation/general/connecting
 API token | {h40}
tradier-token | Tradier | tradier | dash.tradier.com/settings/api: regenerate it | docs.tradier.com/docs/authentication
 access token | {a28} | critical
tushare-token | Tushare | tushare | tushare.pro/user/token: reset it | tushare.pro/document/1
 token | {h56}
twelvedata-key | Twelve Data | twelve+data | twelvedata.com/account/api-keys: regenerate it | twelvedata.com/docs
 API key | {h32}
forexrate-key | ForexRateAPI | forexrateapi fxmarket fx_market fcsapi currencyapi currency_api exchangeratesapi | the service's dashboard: regenerate it | fxmarketapi.com/documentation
 API key | {b20} {a32} {b24-43}
unusualwhales-key | Unusual Whales | unusual+whales | unusualwhales.com/settings/api-dashboard: delete it | api.unusualwhales.com/docs
 API key | {uuid}
upbit-key | Upbit | upbit | upbit.com/mypage/open_api_management: delete it | docs.upbit.com
 access or secret key | {a40} | critical
web3storage-token | web3.storage | web3_storage web3storage web3.storage nft_storage nftstorage | web3.storage/tokens: delete it | web3.storage/docs/
 token | eyJ{b10-100}.eyJ{b60-300}.{b43} | near
worldcoinindex-key | WorldCoinIndex | worldcoinindex | worldcoinindex.com/apiservice: reset it | www.worldcoinindex.com/apiservice
 API key | {a35} {a30-40}
ynab-token | YNAB | ynab you+need+a+budget youneedabudget | app.ynab.com/settings/developer: delete it | api.ynab.com/#personal-access-tokens
 personal access token | {b43} {h64}
blockdaemon-key | Blockdaemon | blockdaemon | app.blockdaemon.com: delete it | docs.blockdaemon.com
 API key | zpka_{a40-50}_{h8} bd{a40-60} | near
zerox-key | 0x | zerox_api zrx_api 0x_api 0x.org | dashboard.0x.org: delete it | 0x.org/docs/introduction/getting-started
 API key | {uuid}
oneinch-key | 1inch | 1inch oneinch | portal.1inch.dev: delete it | portal.1inch.dev/documentation
 API key | {a32}
bitcoinaverage-key | BitcoinAverage | bitcoinaverage | BitcoinAverage, account settings, API: make a new key, delete the old one | apiv2.bitcoinaverage.com
 API key | {a43} {a64}
cexio-secret | CEX.IO | cexio cex_io cex.io | CEX.IO, account settings, API: make a new secret, delete the old one | docs.cex.io
 API secret | {a24-27} {a32-44}
commodities-api-key | Commodities-API | commodities-api commodities_api commoditiesapi | Commodities-API, account settings, API: make a new key, delete the old one | commodities-api.com/documentation
 access key | {a60} {l60}
currencycloud-key | Currencycloud | currencycloud | Currencycloud, account settings, API: make a new key, delete the old one | developer.currencycloud.com
 API key | {h64}
metaapi-token | MetaApi | metaapi.cloud metaapi | MetaApi, account settings, API: make a new token, delete the old one | metaapi.cloud/docs/client/
 token | {b300-1200} {h64}
getblock-token | GetBlock | getblock.io getblock_api getblock | GetBlock, account settings, API: make a new token, delete the old one | docs.getblock.io
 access token | {h32} {uuid} | path
thirdweb-key | thirdweb | thirdweb | thirdweb, account settings, API: make a new key, delete the old one | portal.thirdweb.com/account/api-keys
 secret key | {b86} {b40-90}
nowpayments-key | NOWPayments | nowpayments | NOWPayments, account settings, API: make a new key, delete the old one | documenter.getpostman.com/view/7907941/2s93JusNJt
 API key | {u7}-{u7}-{u7}-{u7}
coinpayments-key | CoinPayments | coinpayments | CoinPayments, account settings, API: make a new key, delete the old one | www.coinpayments.net/apidoc
 private key | {h64} {x64}
btcpay-key | BTCPay Server | btcpay | BTCPay Server, account settings, API: make a new key, delete the old one | docs.btcpayserver.org/API/Greenfield/v1/
 API key | {h40}
opennode-key | OpenNode | opennode | OpenNode, account settings, API: make a new key, delete the old one | developers.opennode.com
 API key | {uuid}
gateio-secret | Gate | gateio gate_api gate_secret gate.io | Gate, account settings, API: make a new secret, delete the old one | www.gate.io/docs/developers/apiv4/
 API secret | {h64} {h32}
simplehash-key | SimpleHash | simplehash | SimpleHash, account settings, API: make a new key, delete the old one | docs.simplehash.com
 API key | {w24-48} {h8}_sk_{h8}_{l16}
arkham-key | Arkham | arkham_api arkham_key arkhamintelligence | Arkham, account settings, API: make a new key, delete the old one | docs.intel.arkm.com
 API key | {uuid} {a32}
tenderly-key | Tenderly | tenderly | Tenderly, account settings, API: make a new key, delete the old one | docs.tenderly.co/account/projects/how-to-generate-api-access-token
 access key | {b32}
privy-secret | Privy | privy_app privy_secret privy.io privy_api | Privy, account settings, API: make a new secret, delete the old one | docs.privy.io
 app secret | {a88} {a86-90}
web3auth-secret | Web3Auth | web3auth | Web3Auth, account settings, API: make a new secret, delete the old one | web3auth.io/docs
 client secret | {h64} {b86}
walletconnect-secret | Reown | walletconnect reown_project reown_secret | Reown, account settings, API: make a new secret, delete the old one | docs.reown.com
 project secret | {uuid}
nansen-key | Nansen | nansen | Nansen, account settings, API: make a new key, delete the old one | docs.nansen.ai
 API key | {a32} {uuid}
bitpanda-key | Bitpanda | bitpanda | Bitpanda, account settings, API: make a new key, delete the old one | developers.bitpanda.com
 API key | {h128} {b64-200}
coindcx-secret | CoinDCX | coindcx | CoinDCX, account settings, API: make a new secret, delete the old one | docs.coindcx.com
 API secret | {h64}
wazirx-secret | WazirX | wazirx | WazirX, account settings, API: make a new secret, delete the old one | docs.wazirx.com
 API secret | {a40} {b40}
bitso-secret | Bitso | bitso_api bitso_secret bitso.com | Bitso, account settings, API: make a new secret, delete the old one | docs.bitso.com
 API secret | {h32}
bithumb-key | Bithumb | bithumb | Bithumb, account settings, API: make a new key, delete the old one | apidocs.bithumb.com
 secret key | {h32} {b40-64}
phemex-secret | Phemex | phemex | Phemex, account settings, API: make a new secret, delete the old one | phemex-docs.github.io
 API secret | {b86} {b84-92}
bitflyer-secret | bitFlyer | bitflyer | bitFlyer, account settings, API: make a new secret, delete the old one | lightning.bitflyer.com/docs
 API secret | {s44} {s43}=
`;
