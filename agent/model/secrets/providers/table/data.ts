/** Where data lies and moves: databases, search, queues, warehouses, pipelines. */
export const data = `
airbyte-token | Airbyte | airbyte | cloud.airbyte.com/settings/account/applications: delete it | github.com/airbytehq/terraform-provider-airbyte/blob/main/docs/index.md | read
 client secret or token | {a32}
algolia-admin-key | Algolia | algolia docsearch algoliasearch | dashboard.algolia.com/account/api-keys: regenerate it | www.algolia.com/doc/guides/security/api-keys/
 API key | {h32} | medium page
astra-token | DataStax Astra | astra datastax | astra.datastax.com, Settings, Tokens: delete it | github.com/datastax/terraform-provider-astra/blob/main/docs/index.md | read
 application token | AstraCS:{b24}:{h64} | critical
clickhouse-key | ClickHouse Cloud | clickhouse | console.clickhouse.cloud, API keys: delete it | github.com/ClickHouse/terraform-provider-clickhouse/blob/main/docs/index.md | read
 API key secret | 4b1d{a38} {a38-44} | critical
cockroach-key | CockroachDB Cloud | cockroach ccdb cockroachdb | cockroachlabs.cloud, Access management: delete the key | github.com/cockroachdb/terraform-provider-cockroach/blob/main/docs/index.md | read
 API key | CCDB1_{a22}_{a40} | critical
confluent-secret | Confluent Cloud | confluent | confluent.cloud/settings/api-keys: delete it | github.com/confluentinc/terraform-provider-confluent/blob/master/docs/index.md | read
 API secret | cflt{s60} {s64} | critical near
 API key id | {u16} | near medium
couchbase-key | Couchbase Capella | couchbase capella | cloud.couchbase.com, API keys: revoke it | github.com/couchbasecloud/terraform-provider-couchbase-capella/blob/main/docs/index.md | read
 API key secret | {t64} {s48-100}{=}
databento-key | Databento | databento | databento.com/portal/keys: delete it | databento.com/docs
 API key | db-{a29}
databricks-token | Databricks | databricks | Databricks, Settings, Developer, Access tokens: revoke it | github.com/databricks/terraform-provider-databricks/blob/main/docs/index.md
 OAuth secret | dose{h32} | critical
 access token | dapi{h32} dkea{h32} dsapi{h32} | critical read
dbt-cloud-token | dbt Cloud | dbt_cloud dbt_token dbt_api dbtcloud | cloud.getdbt.com, Service tokens: delete it | github.com/dbt-labs/terraform-provider-dbtcloud/blob/main/docs/index.md | read
 service token | dbtc_{b40-60}
 user or service token | dbtu_{b40-60} {h40} | near
elastic-key | Elastic | elastic elasticsearch elastic_cloud es_api kibana | Elastic, Stack management, API keys: invalidate it | github.com/elastic/elasticsearch/blob/8.0/x-pack/docs/en/rest-api/security/create-api-keys.asciidoc
 API key | {s58}== {s60}{=} essu_{s60-120}{=} | near critical read
 API key without its id | {b22} | critical read
elastic-key | Elastic | elastic elasticsearch elastic_cloud ec_api | cloud.elastic.co, Organization, API keys: revoke it | github.com/elastic/terraform-provider-ec/blob/master/docs/index.md | read
 cloud API key | {s64-90}{=} {a24} | critical
fauna-secret | Fauna | fauna faunadb | dashboard.fauna.com, Keys: revoke it | docs.fauna.com
 secret | fn{b38} | near critical
firebase-key | Firebase | firebase fcm fcm_server gcm | console.firebase.google.com, Cloud messaging: delete it | firebase.google.com/docs/cloud-messaging/auth-server
 Cloud Messaging server key | AAAA{b7}:APA91b{b134} AAAA{b7}:{b140}
 database secret | {a40} | critical
 CI token | 1//{b60-120} | near critical
fivetran-secret | Fivetran | fivetran | fivetran.com/account/settings, API config: delete it | github.com/fivetran/terraform-provider-fivetran/blob/main/docs/index.md | read
 API secret | {a32}
 API key | {a16} | medium
hasura-secret | Hasura | hasura | Hasura Cloud, Env vars: change it | github.com/hasura/graphql-engine/blob/master/docs/docs/auth/authentication/admin-secret-access.mdx
 admin secret | {a64} {a20-64} | critical read
 cloud access token | {a64} hasura_{a20-60} | near
influxdb-token | InfluxDB | influx influxdb influx_token | InfluxDB, Load data, API tokens: delete it | github.com/influxdata/influxdb/blob/main-2.x/rand/token.go
 API token | {b86}== | critical read
 version 3 token | apiv3_{b86} | critical
meilisearch-key | Meilisearch | meili meilisearch | Meilisearch, change the master key | github.com/meilisearch/documentation/blob/main/learn/security/basic_security.mdx | read
 master or API key | {h64} {h40} {b16-64} {uuid}
momento-token | Momento | momento | console.gomomento.com: delete it | docs.momentohq.com
 API key | eyJ{b60-600}{=} | near
mongodb-atlas-key | MongoDB Atlas | mongodb_atlas atlas_private atlas_api mongo_atlas mongodb_private mongodb+atlas mdb_sa | cloud.mongodb.com, Organization access, API keys: delete it | github.com/mongodb/terraform-provider-mongodbatlas/blob/master/docs/guides/provider-configuration.md | read
 private API key | {uuid} | critical
 service account secret | mdb_sa_sk_{b40} | critical
metabase-key | Metabase | metabase | Metabase, Admin settings, Authentication, API keys: delete it | github.com/metabase/metabase/blob/master/src/metabase/api_keys/models/api_key.clj | read
 API key | mb_{s43}= | sure
motherduck-token | MotherDuck | motherduck | app.motherduck.com/settings/tokens: revoke it | motherduck.com/docs
 token | eyJ{b10-100}.eyJ{b60-500}.{b40-90} | near
neo4j-password | Neo4j Aura | neo4j aura_ neo4j_aura | console.neo4j.io: change the password | neo4j.com/docs/aura/
 password or secret | {b43} {b50-90}
neon-api-key | Neon | neon_api neon_key neondb neon.tech !neon neon_token neon.com | console.neon.tech, Account settings, API keys: revoke it | github.com/neondatabase/website/blob/main/content/docs/manage/api-keys.md
 API key | {l64} | near critical read
 database password | npg_{a12} | critical e2.8
planetscale-token | PlanetScale | planetscale pscale | app.planetscale.com, Settings: delete the service token or the password | github.com/planetscale/terraform-provider-planetscale/blob/main/docs/index.md | read
 token or password | pscale_{tkn/pw/oauth/secret}_{t32-64} | near critical
prisma-key | Prisma | prisma_api prisma_key prisma_accelerate prisma+postgres prisma_data !prisma prisma.io prisma-data.net | console.prisma.io: delete it | www.prisma.io/docs/accelerate/api-keys
 API key | eyJ{b10-100}.eyJ{b60-400}.{b40-90} | near critical
qubole-token | Qubole | qubole | Qubole, My accounts: reset it | docs.qubole.com
 API token | {h64} {l64}
quickbase-token | Quickbase | quickbase | Quickbase, My preferences, User tokens: deactivate it | developer.quickbase.com/auth
 user token | {b6}_{b4}_{b1-4}_{b24-30} b{l5-7}_{l3-6}_{l1-3}_{l24-32} | near
redis-cloud-key | Redis Cloud | redis_cloud rediscloud redislabs redis+labs | app.redislabs.com, Access management, API keys: delete it | github.com/RedisLabs/terraform-provider-rediscloud/blob/main/docs/index.md | read
 API or secret key | S{u50-54} A{u50-54} {b50-54} | near
redpanda-secret | Redpanda Cloud | redpanda | cloud.redpanda.com, Clients: delete it | github.com/redpanda-data/terraform-provider-redpanda/blob/main/docs/index.md | read
 client secret | {b64} {b40-70}
rockset-key | Rockset | rockset | console.rockset.com/apikeys: delete it | docs.rockset.com
 API key | {a64}
rudderstack-key | RudderStack | rudderstack rudder_write rudder_stack | app.rudderstack.com, Access tokens: delete it | github.com/rudderlabs/terraform-provider-rudderstack/blob/main/docs/index.md | read
 token | {a27} | medium
singlestore-key | SingleStore | singlestore singlestoredb memsql | portal.singlestore.com, API keys: revoke it | github.com/singlestore-labs/terraform-provider-singlestoredb/blob/master/docs/index.md | read
 API key | {h64}
sqreen-token | Sqreen | sqreen | Sqreen, Settings: reset it | docs.datadoghq.com/security/application_security/
 token | {h64} org_{h60} env_org_{h60} | near
stitchdata-token | Stitch | stitchdata stitch_data stitch_token stitch_api !stitch | app.stitchdata.com, Account settings: revoke it | www.stitchdata.com/docs/developers/
 access token | {h40} {h64} {a36-40}
supabase-service-key | Supabase | supabase | supabase.com, Project settings, API keys: roll the JWT secret | supabase.com/docs/guides/api/api-keys
 JWT secret | {s86}== {a40} | critical
surrealdb-token | SurrealDB | surrealdb surreal_cloud | app.surrealdb.com: change it | surrealdb.com/docs/cloud
 token | eyJ{b10-100}.eyJ{b40-400}.{b60-100} | near
swiftype-key | Swiftype | swiftype | app.swiftype.com/settings/account: reset it | swiftype.com/documentation/site-search/overview
 API key | {b20} {b18-24}
tinybird-token | Tinybird | tinybird | app.tinybird.co/tokens: refresh it | www.tinybird.co/docs/forward/core-concepts/tokens | read
 token | p.eyJ{b40-140}.{b43} | sure
turso-token | Turso | turso libsql | app.turso.tech, API tokens: revoke it | docs.turso.tech/api-reference/authentication
 token | eyJ{b10-80}.eyJ{b20-300}.{b80-90} | near critical
typesense-key | Typesense | typesense | Typesense, API keys: delete it | typesense.org/docs/guide/data-access-control.html
 API key | {a32} {a20-64}
upstash-token | Upstash | upstash | console.upstash.com: rotate it | upstash.com/docs/redis/howto/connectwithupstashredis | read
 Redis REST token | A{a3}{s40-70}{=} | near critical
upstash-token | Upstash | upstash | console.upstash.com/account/api: delete it | github.com/upstash/terraform-provider-upstash/blob/master/docs/index.md | read
 API key | {uuid}
weaviate-key | Weaviate | weaviate wcs_api wcd_api | console.weaviate.cloud: delete the API key | docs.weaviate.io/cloud/manage-clusters/authentication
 API key | {a36} {s40-120}{=} {a32}
xata-key | Xata | xata | app.xata.io/settings: delete it | xata.io/docs/api-reference/authentication
 API key | xau_{a30-60}
yugabyte-token | YugabyteDB | yugabyte ybm_api | cloud.yugabyte.com, API keys: revoke it | docs.yugabyte.com
 API key | eyJ{b10-80}.eyJ{b40-600}.{b40-100} | near
zilliz-key | Zilliz Cloud | zilliz zilliz+cloud milvus | cloud.zilliz.com, API keys: delete it | github.com/zilliztech/terraform-provider-zillizcloud/blob/master/docs/index.md | read
 API key | {h40}{h64} {h72} {a80-110}
caspio-secret | Caspio | caspio | Caspio, account settings, API: make a new secret, delete the old one | howto.caspio.com/web-services-api/rest-api/
 client secret | {h50} {l50}
databox-token | Databox | databox | Databox, account settings, API: make a new token, delete the old one | developers.databox.com
 push token | {l21} {a16-24}
datafire-token | DataFire | datafire | DataFire, account settings, API: make a new token, delete the old one | app.datafire.io/docs
 API token | {b60-200}
dataforseo-password | DataForSEO | dataforseo | DataForSEO, account settings, API: make a new password, delete the old one | docs.dataforseo.com/v3/auth/
 API password | {h16} {a16-24}
easyinsight-key | Easy Insight | easyinsight easy_insight easy-insight | Easy Insight, account settings, API: make a new key, delete the old one | www.easy-insight.com/api/
 API key | {a20}
enigma-key | Enigma | enigma_api enigma.com !enigma | Enigma, account settings, API: make a new key, delete the old one | documentation.enigma.com
 API key | {a40}
holistics-key | Holistics | holistics | Holistics, account settings, API: make a new key, delete the old one | docs.holistics.io/docs/api
 API key | {s43}= {s44}=
klipfolio-key | Klipfolio | klipfolio | Klipfolio, account settings, API: make a new key, delete the old one | apidocs.klipfolio.com
 API key | {h40}
pollsapi-key | PollsAPI | pollsapi polls_api | PollsAPI, account settings, API: make a new key, delete the old one | docs.pollsapi.com
 API key | {u28} {a28}
thingspeak-key | ThingSpeak | thingspeak thing_speak | ThingSpeak, account settings, API: make a new key, delete the old one | www.mathworks.com/help/thingspeak/
 channel or user API key | {u16}
blynk-token | Blynk | blynk | Blynk, account settings, API: make a new token, delete the old one | docs.blynk.io
 device auth token | {b32} {h32}
restdb-key | restdb.io | restdb | restdb.io, account settings, API: make a new key, delete the old one | restdb.io/docs/rest-api
 API key | {h24} {h56}
unified-to-key | Unify | unifyapp unify_api unify_apikey | Unify, account settings, API: make a new key, delete the old one | docs.unified.to
 API key | {b43}= {b40-80}
authzed-token | AuthZed | authzed spicedb | AuthZed, account settings, API: make a new token, delete the old one | authzed.com/docs
 token | tc_{a20-40}_{a30-70}_{h40-80} sdbst_h256_{h40-80} | near
chroma-key | Chroma Cloud | chroma_api chroma_cloud trychroma chroma_token | Chroma Cloud, account settings, API: make a new key, delete the old one | docs.trychroma.com/cloud
 API key | ck-{a44}
lancedb-key | LanceDB | lancedb lance_db | LanceDB, account settings, API: make a new key, delete the old one | docs.lancedb.com
 API key | sk_{s52}== | near
gel-key | Gel | edgedb gel_secret gel_cloud edgedb_secret | Gel, account settings, API: make a new key, delete the old one | docs.geldata.com/cloud
 secret key | nbwt1_{b150-400} nbwt_{b150-400} edbt1_{b150-400}
timescale-secret | Timescale | timescale tigerdata | Timescale, account settings, API: make a new secret, delete the old one | github.com/timescale/terraform-provider-timescale/blob/main/docs/index.md | read
 client secret | {l64} {a64}
hightouch-key | Hightouch | hightouch | Hightouch, account settings, API: make a new key, delete the old one | hightouch.com/docs/developer-tools/api-guide
 API key | {uuid}
census-key | Census | census_api getcensus census_key | Census, account settings, API: make a new key, delete the old one | developers.getcensus.com
 API key | secret-token:{b22-30} | near
astronomer-token | Astronomer | astronomer astro_api astro_token | Astronomer, account settings, API: make a new token, delete the old one | github.com/astronomer/terraform-provider-astro/blob/main/docs/index.md | read
 API token | eyJ{b20-120}.eyJ{b60-1200}.{b300-700} | near
qstash-key | Upstash QStash | qstash | Upstash QStash, account settings, API: make a new key, delete the old one | upstash.com/docs/qstash/overall/getstarted
 token or signing key | eyJVc2VySUQiOi{s60-200}{=} sig_{a26-30}
`;
