/** Where things are and what the sky does: maps, addresses, travel, weather, sports and other facts by the request. */
export const places = `
abuseipdb-key | AbuseIPDB | abuseipdb abuse_ipdb | abuseipdb.com/account/api: delete it | docs.abuseipdb.com/?python | read
 API key | {h80}
accuweather-key | AccuWeather | accuweather | developer.accuweather.com/user/me/apps: revoke it | developer.accuweather.com/documentation/authentication | read
 API key | {a32}
adafruit-io-key | Adafruit IO | adafruit aio_key io_key | io.adafruit.com, My key: regenerate it | adafruit.github.io/Adafruit_IO_Documentation/http.html | read
 key | aio_{a28} | sure
 legacy key | {h32} | near
adzuna-key | Adzuna | adzuna | developer.adzuna.com/admin/access_details: reset it | developer.adzuna.com/overview
 API key | {h32}
alienvault-key | AlienVault OTX | alienvault otx_api otx_key | otx.alienvault.com/settings: regenerate it | otx.alienvault.com/api
 API key | {h64}
amadeus-secret | Amadeus | amadeus | developers.amadeus.com/my-apps: reset it | github.com/amadeus4dev/amadeus-node/blob/master/README.md | read
 API secret | {a16} | e3
 API key | {a32}
ambee-key | Ambee | ambee_api ambee_key ambeedata | api-dashboard.getambee.com: regenerate it | docs.ambeedata.com
 API key | {h64}
apilayer-key | APILayer | apilayer api_layer | apilayer.com/account: revoke it | docs.apilayer.com
 API key | {a32}
aviationstack-key | aviationstack | aviationstack aviation_stack | aviationstack.com/dashboard: reset it | docs.apilayer.com/aviationstack/docs/getting-started | read
 access key | {h32}
bing-key | Bing | bing_api bing_maps bing_search bing-maps bingmaps bing_key bing_subscription bingapis | bingmapsportal.com: disable it | learn.microsoft.com/en-us/bingmaps/getting-started/
 search key | {h32}
calendarific-key | Calendarific | calendarific | calendarific.com/account: regenerate it | calendarific.com/api-documentation
 API key | {a32} {h40}
censys-secret | Censys | censys | search.censys.io/account/api: reset it | pypi.org/project/censys/2.0.9/
 API secret | {a32} | read
 personal access token | censys_{a8}_{a24} | sure
climacell-key | Tomorrow.io | climacell tomorrow_io tomorrowio tomorrow.io | app.tomorrow.io/development/keys: delete it | docs.tomorrow.io/reference/api-authentication
 API key | {a32}
countrylayer-key | countrylayer | countrylayer | countrylayer.com/dashboard: reset it | countrylayer.com/documentation
 access key | {h32}
edamam-key | Edamam | edamam | developer.edamam.com/admin/applications: reset it | developer.edamam.com/edamam-docs-recipe-api
 app key | {h32}
flightaware-key | FlightAware | flightaware aeroapi | flightaware.com/aeroapi/portal: delete it | www.flightaware.com/aeroapi/portal/documentation
 API key | {a32} {h40}
flightstats-key | FlightStats | flightstats | developer.flightstats.com: renew it | developer.flightstats.com
 app key | {h32}
foursquare-key | Foursquare | foursquare fsq_ | foursquare.com/developers: delete it | docs.foursquare.com/developer/reference/authentication
 API key | fsq3{s42}{=} | sure read
 client secret | {u48}
geoapify-key | Geoapify | geoapify | myprojects.geoapify.com: delete it | www.geoapify.com/get-started-with-maps-api
 API key | {h32}
geocodio-key | Geocodio | geocod.io geocod_io geocodio | dash.geocod.io/apikey: delete it | www.geocod.io/docs/
 API key | {h39} {a39}
geocodify-key | Geocodify | geocodify geocode.xyz geocode_xyz | geocodify.com/dashboard: reset it | geocodify.com/docs
 API key | {h40} {h32}
google-maps-key | Google | google_maps google_api google_key gmaps google+gemini gemini_api gemini_key youtube_api youtube_key googleapis google_geocoding google_places | console.cloud.google.com/apis/credentials: restrict it to an API and a site, or rotate it | cloud.google.com/docs/authentication/api-keys
 API key of the newer form | AQ.{b40-90} | near
graphhopper-key | GraphHopper | graphhopper | graphhopper.com/dashboard/#/apikeys: delete it | docs.graphhopper.com
 API key | {uuid}
here-key | HERE | here_api here_app here_maps here_key here-api hereapi here_access hereapi.com here_token here_secret | platform.here.com/access: delete it | www.here.com/docs/bundle/identity-and-access-management-developer-guide
 API key | {b43}
 access key secret | {b86}
holidayapi-key | Holiday | holidayapi holiday_api | holidayapi.com/dashboard: regenerate it | holidayapi.com/docs
 API key | {uuid}
hypertrack-key | HyperTrack | hypertrack | dashboard.hypertrack.com/setup: reset it | www.hypertrack.com/docs
 secret key or publishable key | {b86} {b54}
ip2location-key | IP2Location | ip2location | ip2location.io/dashboard: reset it | www.ip2location.io/ip2location-documentation
 API key | {h32} {u32} {u10}
ipapi-key | ipapi | ipapi ip_api | ipapi.com/dashboard: reset it | ipapi.com/documentation
 access key | {h32}
ipdata-key | ipdata | ipdata | dashboard.ipdata.co: regenerate it | docs.ipdata.co
 API key | {h56} {h64}
ipgeolocation-key | ipgeolocation | ipgeolocation ip_geolocation geoipify whoisxml whoisxmlapi whoisxml_api | app.ipgeolocation.io: reset it | ipgeolocation.io/documentation.html
 API key | {h32} at_{a29} | near
ipinfo-token | IPinfo | ipinfo | ipinfo.io/account/token: reset it | ipinfo.io/developers
 token | {h14} | e2.6
ipinfodb-key | IPInfoDB | ipinfodb | ipinfodb.com/account: reset it | www.ipinfodb.com/api
 API key | {h64}
ipqualityscore-key | IPQualityScore | ipqualityscore ipqs | ipqualityscore.com/user/settings: regenerate it | www.ipqualityscore.com/documentation/overview
 API key | {a32}
ipstack-key | ipstack | ipstack | ipstack.com/dashboard: reset it | ipstack.com/how-to-use-ipstack-api | read
 access key | {h32}
locationiq-key | LocationIQ | locationiq location_iq | my.locationiq.com/dashboard: delete it | docs.locationiq.com
 access token | pk.{h32} {h14} | near
maptiler-key | MapTiler | maptiler | cloud.maptiler.com/account/keys: delete it | docs.maptiler.com/cloud/api/authentication-key/
 API key | {a20} | medium
 service credential | {h32}_{h64}
mapquest-key | MapQuest | mapquest map_quest | developer.mapquest.com/user/me/apps: delete it | developer.mapquest.com/documentation/sdks/mapquest-js/l-mapquest-key.html | read
 consumer key | {a32}
maxmind-key | MaxMind | maxmind geoip geolite mm_license geoipupdate | maxmind.com/en/accounts/current/license-key: delete it | github.com/maxmind/geoipupdate/blob/main/doc/docker.md | read
 licence key | {a6}_{a29}_mmk {a16} | near e2.8
stormglass-key | Meteomatics | meteomatics stormglass storm_glass openuv open_uv meteosource | the service's dashboard: reset it | docs.stormglass.io
 API key | {h32} {uuid}-{uuid}
nasa-key | NASA | nasa_api nasa_key !nasa api.nasa.gov | api.nasa.gov: ask for a new key | api.nasa.gov
 API key | {a40} | low
nutritionix-key | Nutritionix | nutritionix | developer.nutritionix.com/admin/access_details: reset it | docx.syndigo.com
 app key | {h32}
opencage-key | OpenCage | open+cage | opencagedata.com/dashboard#geocoding: delete it | opencagedata.com/api#authentication
 API key | {h32}
openrouteservice-key | openrouteservice | openrouteservice ors_api ors_key | openrouteservice.org/dev: delete it | openrouteservice.org/dev/#/api-docs
 API key | 5b3ce3597851110001cf6248{h32} 5b3ce{a51} | near
openweather-key | OpenWeather | open+weather openweathermap open_weather_map owm_api owm_key owm_app weather_api | home.openweathermap.org/api_keys: delete it | openweathermap.org/appid
 API key | {h32}
owlbot-token | Owlbot | owlbot | owlbot.info: reset it | owlbot.info
 token | {h40}
positionstack-key | positionstack | position+stack | positionstack.com/dashboard: reset it | positionstack.com/documentation
 access key | {h32}
radar-key | Radar | radar_secret radar_api radar.io radar_key !radar | radar.com/dashboard/settings: rotate it | docs.radar.com/api#authentication
 secret key | prj_live_sk_{h40} | sure
 test secret key | prj_test_sk_{h40} | sure low
rapidapi-key | RapidAPI | rapid+api mashape | rapidapi.com/developer/apps: delete it | docs.rapidapi.com/docs/keys-and-key-rotation
 key | {a10}msh{a15}p{h6}jsn{h12} {a50} | sure near
rawg-key | RAWG | rawg | rawg.io/apidocs: reset it | rawg.io/apidocs
 API key | {h32}
route4me-key | Route4Me | route4me | route4me.com/api: reset it | route4me.io/docs
 API key | {H32} {x32}
shodan-key | Shodan | shodan | account.shodan.io: reset it | developer.shodan.io/api/requirements
 API key | {a32}
smarty-token | Smarty | smartystreets smarty_streets smarty_auth smarty_token !smarty smarty.com | smarty.com/account/keys: delete it | github.com/smarty/smartystreets-javascript-sdk/blob/master/README.md | read
 auth token | {a20} {b20-32}
spoonacular-key | Spoonacular | spoonacular | spoonacular.com/food-api/console#Profile: regenerate it | spoonacular.com/food-api/docs#Authentication
 API key | {h32}
sportradar-key | Sportradar | sportradar | console.sportradar.com: revoke it | developer.sportradar.com/getting-started/docs/authentication
 API key | {l24} {a40}
sportmonks-token | Sportmonks | sportmonks sportsmonk | my.sportmonks.com/api/tokens: delete it | docs.sportmonks.com
 API token | {a60}
the-odds-api-key | The Odds | odds_api oddsapi the-odds-api | the-odds-api.com: ask for a new key | the-odds-api.com/liveapi/guides/v4/
 API key | {h32}
ticketmaster-key | Ticketmaster | ticketmaster | developer-acct.ticketmaster.com/user/apps: revoke it | developer.ticketmaster.com/products-and-docs/apis/getting-started/
 consumer key | {a32}
tomtom-key | TomTom | tomtom tom_tom | developer.tomtom.com/user/me/apps: delete it | developer.tomtom.com/knowledgebase/platform/articles/how-to-get-an-tomtom-api-key | read
 API key | {a32}
travelpayouts-token | Travelpayouts | travelpayouts | app.travelpayouts.com/profile/api-token: reset it | support.travelpayouts.com
 API token | {h32}
urlscan-key | urlscan.io | urlscan | urlscan.io/user/profile: delete it | github.com/urlscan/urlscan-cli/blob/main/README.md | read
 API key | {uuid}
virustotal-key | VirusTotal | virus+total vt_api vt_key vtapi | virustotal.com/gui/my-apikey: regenerate it | docs.virustotal.com/reference/authentication | read
 API key | {h64}
visualcrossing-key | Visual Crossing | visual+crossing | visualcrossing.com/account: reset it | www.visualcrossing.com/resources/documentation/
 API key | {u25}
walkscore-key | Walk Score | walkscore walk_score wsapi | walkscore.com/professional/api.php: ask for a new key | www.walkscore.com/professional/api.php
 API key | {h32}
waqi-token | World Air Quality Index | waqi aqicn airvisual iqair | aqicn.org/data-platform/token: ask for a new token | aqicn.org/api/
 token | {h40} {uuid}
weatherbit-key | Weatherbit | weatherbit | weatherbit.io/account/dashboard: regenerate it | www.weatherbit.io/api
 API key | {h32}
weatherapi-key | WeatherAPI.com | weatherapi weather_api | weatherapi.com/my: regenerate it | www.weatherapi.com/docs/
 API key | {h31} {h30-31}
weatherstack-key | weatherstack | weatherstack weather_stack | weatherstack.com/dashboard: reset it | docs.apilayer.com/weatherstack/docs/getting-started | read
 access key | {h32}
what3words-key | what3words | what3words w3w_api | accounts.what3words.com: delete it | developer.what3words.com/public-api
 API key | {u8}
worldweather-key | World Weather Online | worldweatheronline world_weather wwo_api worldweather | worldweatheronline.com/weather-api: reset it | www.worldweatheronline.com/weather-api/api/docs/
 API key | {h31} {h30-32}
yelp-key | Yelp | yelp | yelp.com/developers/v3/manage_app: refresh it | docs.developer.yelp.com/docs/places-authentication | read
 API key | {b128}
zipcodeapi-key | ZipCodeAPI | zipcodeapi zipcode_api zipapi zipcodebase zipcodestack | zipcodeapi.com: reset it | www.zipcodeapi.com/API
 API key | {a64} {uuid}
apilayer-service-key | Numverify | numverify mailboxlayer languagelayer pdflayer vatlayer userstack screenshotlayer mediastack serpstack scrapestack zenserp zenscrape | apilayer.com, dashboard of the service: reset it | numverify.com/documentation
 access key | {h32} {uuid}
aerisweather-secret | Xweather | aerisapi aeris_weather aerisweather xweather | Xweather, account settings, API: make a new secret, delete the old one | www.xweather.com/docs/weather-api/getting-started/authentication
 client secret | {a40} {b40}
airnow-key | AirNow | airnow_api airnowapi airnow | AirNow, account settings, API: make a new key, delete the old one | docs.airnowapi.org
 API key | {uuid}
besttime-key | BestTime | besttime_app besttime_api besttime.app !besttime | BestTime, account settings, API: make a new key, delete the old one | documentation.besttime.app
 API key | pri_{h32} pub_{h32} | near
calorieninjas-key | CalorieNinjas | calorieninja | CalorieNinjas, account settings, API: make a new key, delete the old one | calorieninjas.com/api
 API key | {a40}
apininjas-key | API Ninjas | api_ninjas apininjas api-ninjas | API Ninjas, account settings, API: make a new key, delete the old one | api-ninjas.com/api
 API key | {a40}
cicero-key | Cicero | cicero_api cicerodata !cicero | Cicero, account settings, API: make a new key, delete the old one | app.cicerodata.com/docs/
 API key | {h40}
cloverly-key | Cloverly | cloverly | Cloverly, account settings, API: make a new key, delete the old one | docs.cloverly.com
 API key | {b28} {a28}
ditto-key | Ditto | dittowords ditto_api ditto_words | Ditto, account settings, API: make a new key, delete the old one | developer.dittowords.com
 API key | {uuid} {uuid}.{h40} {b36-80}
eagleeyenetworks-key | Eagle Eye Networks | eagleeyenetworks eagle_eye eagleeye | Eagle Eye Networks, account settings, API: make a new key, delete the old one | developer.eagleeyenetworks.com
 API key | {uuid} {a15} {h32}
findl-key | Findl | findl_api findl.com !findl | Findl, account settings, API: make a new key, delete the old one | developer.findl.com
 API key | {uuid}
getgeoapi-key | GetGeoAPI | getgeoapi get_geo_api | GetGeoAPI, account settings, API: make a new key, delete the old one | getgeoapi.com/documentation
 API key | {h40}
impala-key | Impala | getimpala impala_travel impala_api | Impala, account settings, API: make a new key, delete the old one | docs.impala.travel
 API key | {a46} {a40-50}
macaddress-key | MAC Address API | macaddress.io macaddressio macaddress_io | MAC Address API, account settings, API: make a new key, delete the old one | macaddress.io/api
 API key | at_{a29} | near
onwater-key | onWater | onwater_api onwaterio onwater.io | onWater, account settings, API: make a new key, delete the old one | onwater.io
 API key | {b20}
timezoneapi-token | TimeZoneAPI | timezoneapi timezone_api | TimeZoneAPI, account settings, API: make a new token, delete the old one | timezoneapi.io
 token | {a20} a{b20}
vpnapi-key | VPNAPI.io | vpnapi vpn_api | VPNAPI.io, account settings, API: make a new key, delete the old one | vpnapi.io/api-documentation
 API key | {h32}
whoxy-key | WHOXY | whoxy | WHOXY, account settings, API: make a new key, delete the old one | www.whoxy.com/docs/
 API key | {h33} {a33}
flightapi-key | FlightAPI | flightapi | FlightAPI, account settings, API: make a new key, delete the old one | docs.flightapi.io
 API key | {h24} | path
particle-token | Particle | particle_access particle_token particle_api particle.io !particle | Particle, account settings, API: make a new token, delete the old one | docs.particle.io/reference/cloud-apis/api/
 access token | {h40}
carboninterface-key | Carbon Interface | carbon_interface carboninterface | Carbon Interface, account settings, API: make a new key, delete the old one | docs.carboninterface.com
 API key | {a21} {a20-22}
haveibeenpwned-key | Have I Been Pwned | haveibeenpwned hibp | Have I Been Pwned, account settings, API: make a new key, delete the old one | haveibeenpwned.com/API/v3
 API key | {h32}
loqate-key | Loqate | loqate | Loqate, account settings, API: make a new key, delete the old one | docs.loqate.com/api-reference
 API key | {u4}-{u4}-{u4}-{u4}
melissa-key | Melissa | melissa_license melissadata melissa_api melissa_key | Melissa, account settings, API: make a new key, delete the old one | docs.melissa.com
 license key | {a20-30} {b20-30}{=}
stadiamaps-key | Stadia Maps | stadia_api stadia_maps stadiamaps | Stadia Maps, account settings, API: make a new key, delete the old one | docs.stadiamaps.com/authentication/
 API key | {uuid}
thunderforest-key | Thunderforest | thunderforest | Thunderforest, account settings, API: make a new key, delete the old one | www.thunderforest.com/docs/apikeys/
 API key | {h32}
jawg-token | Jawg Maps | jawg_token jawg_access jawg.io jawg_key | Jawg Maps, account settings, API: make a new token, delete the old one | www.jawg.io/docs/
 access token | {a64}
bing-key | Bing | bing_maps bingmaps bing-maps virtualearth.net | bingmapsportal.com: disable it | learn.microsoft.com/en-us/purview/sit-defn-microsoft-bing-maps-key | read
 maps key | {b64} | near
`;
