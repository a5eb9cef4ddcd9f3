/** Where things run and where names resolve: hosting, content networks, DNS, domains, storage. */
export const clouds = `
aiven-token | Aiven | aiven | console.aiven.io/profile/tokens: revoke it | aiven.io/docs/platform/howto/create_authentication_token
 service password | AVNS_{b19}
 authentication token | aivenv1{s300-400}{=} {s300-400}{=} | near
akamai-secret | Akamai | akamai edgegrid | control.akamai.com, Identity & access: deactivate the credential | github.com/akamai/AkamaiOPEN-edgegrid-python/blob/master/README.md | read
 access or client token | akab-{a16}-{a16} akaa-{a16}-{a16} akab-{a10-24}-{a10-24} akaa-{a10-24}-{a10-24}
 client secret | {s42-44}{=}
backblaze-key | Backblaze B2 | backblaze b2_application b2_app_key b2_key backblazeb2 | secure.backblaze.com/app_keys.htm: delete it | github.com/Backblaze/terraform-provider-b2/blob/master/docs/index.md | read
 application key | K0{d2}{s27} {s31} | near
bunny-api-key | bunny.net | bunny_net bunnycdn bunny.net bunny_api bunny_storage bunny_access | dash.bunny.net/account/settings: reset it | github.com/BunnyWay/terraform-provider-bunnynet/blob/main/docs/index.md | read
 API key | {uuid}{uuid} {uuid} {h8}-{h4}-{h4}-{h12}-{h4}-{h4}
civo-api-key | Civo | civo | dashboard.civo.com/security: regenerate it | github.com/civo/terraform-provider-civo/blob/master/docs/index.md | read
 API key | {a50}
clever-cloud-token | Clever Cloud | clever_cloud clever_token clever_secret clevercloud | console.clever-cloud.com, OAuth consumers: reset it | www.clever-cloud.com/developers/doc/cli/
 token or secret | {a30-32} {h32}
cloudflare-api-key | Cloudflare | cloudflare cf_api cf_token cf_account cf-api cloudflare_email x_auth_email | dash.cloudflare.com, Profile, API tokens: roll it | github.com/cloudflare/terraform-provider-cloudflare/blob/main/docs/index.md | read
 API token | {b40} | critical
 global API key | {h37} | critical
cloudinary-secret | Cloudinary | cloudinary | console.cloudinary.com/settings/api-keys: delete the pair | github.com/cloudinary/cloudinary_npm/blob/master/README.md | read
 API secret | {b27}
cloudsmith-api-key | Cloudsmith | cloudsmith | cloudsmith.io/user/settings/api: refresh it | help.cloudsmith.io/docs/api-key
 API key | {h40}
constellix-key | Constellix | constellix | manage.constellix.com: reset it | api-docs.constellix.com
 API or secret key | {uuid} {h40}
contabo-token | Contabo | contabo | my.contabo.com/api/details: reset it | github.com/contabo/terraform-provider-contabo/blob/main/docs/index.md | read
 API password or client secret | {a32-40} {t16-64}
desec-token | deSEC | desec | desec.io/tokens: delete it | desec.readthedocs.io/en/latest/auth/tokens.html
 token | {b28} {b24-40}
dnsimple-token | DNSimple | dnsimple | dnsimple.com/user, Access tokens: delete it | github.com/dnsimple/terraform-provider-dnsimple/blob/main/docs/index.md | read
 API access token | dnsimple_{b30-60} {a32} | near
dnsmadeeasy-key | DNS Made Easy | dns+made+easy dnsmadeeasy dme_api | cp.dnsmadeeasy.com/account/info: regenerate it | api-docs.dnsmadeeasy.com
 API or secret key | {uuid}
doppler-token | Doppler | doppler | dashboard.doppler.com, Tokens: revoke it | github.com/DopplerHQ/cli/blob/master/README.md | read
 token | dp.{pt/st/sa/ct/scim/audit}.{a40-44} | near critical
dreamhost-api-key | DreamHost | dreamhost | panel.dreamhost.com, API: remove it | help.dreamhost.com/hc/en-us/articles/4407354972692
 API key | {u16}
duckdns-token | Duck DNS | duckdns duck_dns | duckdns.org: recreate the token | www.duckdns.org/spec.jsp
 token | {uuid}
dynadot-api-key | Dynadot | dynadot | dynadot.com/account/domain/setting/api.html: reset it | www.dynadot.com/domain/api-document
 API key | {a40-60}
equinix-token | Equinix Metal | packet_auth packet_api equinix metal_auth metal_api packet.net | console.equinix.com/profile/api-keys: delete it | github.com/equinix/terraform-provider-equinix/blob/main/docs/index.md | read
 API token | {a32}
exoscale-key | Exoscale | exoscale | portal.exoscale.com, IAM: revoke it | github.com/exoscale/terraform-provider-exoscale/blob/master/docs/index.md | read
 API key | EXO{h24} | near
 API secret | {b43}
fastly-token | Fastly | fastly | manage.fastly.com/account/tokens: delete it | github.com/fastly/terraform-provider-fastly/blob/main/docs/index.md | read
 API token | {b32} | e3.6
filestack-key | Filestack | filestack filepicker | dev.filestack.com/security: regenerate it | www.filestack.com/docs/security/policies/
 API key or secret | A{a20}z {u26} | near
gandi-api-key | Gandi | gandi | account.gandi.net, Security: revoke it | api.gandi.net/docs/authentication/
 API key or personal access token | {a24} {h40}
gcore-token | Gcore | gcore | accounts.gcore.com/profile/api-tokens: delete it | github.com/G-Core/terraform-provider-gcore/blob/main/docs/index.md | read
 API token | {h200-300} | near
genesis-cloud-token | Genesis Cloud | genesis_cloud genesiscloud | console.genesiscloud.com, API tokens: delete it | github.com/genesiscloud/terraform-provider-genesiscloud/blob/main/docs/index.md | read
 API token | {b60-100}
godaddy-key | GoDaddy | godaddy go_daddy gd_key gd_secret | developer.godaddy.com/keys: delete it | developer.godaddy.com/getstarted
 API key or secret | {b10-14}_{b20-24} {b35-37} {a20-24} | near
heroku-api-key | Heroku | heroku | dashboard.heroku.com/account: regenerate it | devcenter.heroku.com/articles/platform-api-quickstart | read
 API key | {uuid} | critical
hetzner-token | Hetzner | hetzner hcloud | console.hetzner.cloud, Security, API tokens: delete it | github.com/hetznercloud/terraform-provider-hcloud/blob/main/docs/index.md | read
 API token | {a64} | critical
hostinger-token | Hostinger | hostinger | hpanel.hostinger.com/profile/api: delete it | github.com/hostinger/terraform-provider-hostinger/blob/main/docs/index.md | read
 API token | {a40-60}
huaweicloud-key | Huawei Cloud | huawei+cloud huaweicloud hw_access hw_secret | console.huaweicloud.com/iam: delete the access key | github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/index.md | read
 access key id | {u20} | near medium
 secret access key | {a40} | critical
ibm-cloud-api-key | IBM Cloud | ibm+cloud ibmcloud bluemix ic_api_key ibm_api watson | cloud.ibm.com/iam/apikeys: delete it | github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/index.html.markdown | read
 IAM API key | {b44} | critical
ibm-cloud-api-key | IBM Cloud | softlayer iaas+classic sl_api | cloud.ibm.com/iam/apikeys: delete the classic infrastructure key | github.com/IBM-Cloud/terraform-provider-ibm/blob/master/website/docs/index.html.markdown | read
 classic infrastructure API key | {h64} | critical
imagekit-key | ImageKit | imagekit | imagekit.io/dashboard/developer/api-keys: delete it | github.com/imagekit-developer/imagekit-nodejs/blob/master/README.md | read
 private key | private_{s26-30}{=} | near
imgix-key | imgix | imgix | dashboard.imgix.com/api-keys: revoke it | docs.imgix.com/en-US/apis/management
 API key | ak_{h64}
infomaniak-token | Infomaniak | infomaniak | manager.infomaniak.com, API tokens: delete it | developer.infomaniak.com/getting-started
 API token | {b86} {b60-100}
ionos-token | IONOS | ionos | dcd.ionos.com, Tokens: delete it | github.com/ionos-cloud/terraform-provider-ionoscloud/blob/master/docs/index.md | read
 API key | {h32}.{b86} {h32}.{b60-100}
koyeb-token | Koyeb | koyeb | app.koyeb.com/user/settings/api: delete it | github.com/koyeb/koyeb-cli/blob/master/README.md | read
 API token | {l64}
ksyun-key | Kingsoft Cloud | ksyun kingsoft | console.ksyun.com/iam: disable it | docs.ksyun.com
 access key | AKLT{b20-24} AKTP{b20-24} | medium
leaseweb-api-key | Leaseweb | leaseweb | secure.leaseweb.com/api-client-management: delete it | github.com/leaseweb/terraform-provider-leaseweb/blob/main/docs/index.md | read
 API key | {uuid}
linode-token | Linode | linode | cloud.linode.com/profile/tokens: revoke it | github.com/linode/terraform-provider-linode/blob/main/docs/index.md | read
 personal access token | {h64} | critical
luadns-token | LuaDNS | luadns | api.luadns.com/api_keys: delete it | luadns.com/api.html
 API token | {h32}
namecheap-api-key | Namecheap | namecheap | ap.www.namecheap.com/settings/tools/apiaccess: reset it | github.com/namecheap/terraform-provider-namecheap/blob/master/docs/index.md | read
 API key | {h32}
namecom-token | Name.com | namecom name.com namedotcom | name.com/account/settings/api: delete it | www.name.com/api-docs
 API token | {h40}
naver-cloud-key | Naver Cloud | naver ncloud ncp_iam ncp_access ncp_secret | ncloud.com/mypage/manage/authkey: disable it | github.com/NaverCloudPlatform/terraform-provider-ncloud/blob/main/docs/index.md | read
 access key id | ncp_iam_{b20-40} {a20} | near medium
 secret key | ncp_iam_{b36-60} {a40}
netlify-token | Netlify | netlify | app.netlify.com, User settings, Applications: delete it | docs.netlify.com/api/get-started/
 access token | {b43-46} nf{p/c/o/u/b}_{w36} | near critical
northflank-token | Northflank | northflank | app.northflank.com/account/api: delete it | northflank.com/docs/v1/api/use-the-api
 API token | nf-eyJ{b20-200}.{b40-400}.{b40-200}
nsone-api-key | NS1 | nsone ns1_api ns1_key ns1.com !ns1 nsone.net | my.nsone.net, Account settings, API keys: delete it | github.com/ns1-terraform/terraform-provider-ns1/blob/master/website/docs/index.html.markdown | read
 API key | {a20}
oracle-cloud-token | Oracle Cloud | oci_auth oci_token oracle_cloud oraclecloud | cloud.oracle.com, User settings, Auth tokens: delete it | docs.oracle.com/en-us/iaas/Content/Identity/Tasks/managingcredentials.htm
 auth token | {t20}
ovh-secret | OVHcloud | ovh | eu.api.ovh.com/console, /me/api/application: delete it | github.com/ovh/terraform-provider-ovh/blob/master/docs/index.md | read
 application secret or consumer key | {a32}
 application key | {a16} | medium
pantheon-token | Pantheon | pantheon terminus | dashboard.pantheon.io, Machine tokens: revoke it | docs.pantheon.io/machine-tokens
 machine token | {b44} {b40-60}
porkbun-api-key | Porkbun | porkbun | porkbun.com/account/api: delete it | porkbun.com/api/json/v3/documentation
 secret API key | sk1_{h64}
 API key | pk1_{h64} | medium
qiniu-key | Qiniu | qiniu | portal.qiniu.com/user/key: disable it | developer.qiniu.com/kodo/3978/the-basic-concept
 access or secret key | {b40}
qovery-token | Qovery | qovery | console.qovery.com, API: delete it | www.qovery.com/docs/getting-started/introduction
 API token | qov_{b40-100}
railway-token | Railway | railway | railway.com/account/tokens: delete it | docs.railway.com/integrations/api
 token | {uuid}
render-api-key | Render | render_api render-api render_key onrender render.com render_token | dashboard.render.com/u/settings#api-keys: revoke it | github.com/render-oss/terraform-provider-render/blob/main/docs/index.md
 API key | rnd_{a28-36} | read
 deploy hook key | {b11} | unsure near e2.8
scaleway-key | Scaleway | scaleway scw_ scw_secret scw_access | console.scaleway.com/iam/api-keys: delete it | github.com/scaleway/scaleway-sdk-go/blob/main/validation/is.go | read
 access key id | SCW{u17} | medium
 secret key | {uuid} | critical
scalingo-token | Scalingo | scalingo | dashboard.scalingo.com/account/tokens: revoke it | developers.scalingo.com
 token | tk-us-{b48}
snowflake-token | Snowflake | snowflake | Snowsight, user profile, Programmatic access tokens: disable it | docs.snowflake.com/en/user-guide/programmatic-access-tokens
 programmatic access token | eyJ{b20-300}.eyJ{b40-600}.{b40-700} | near
stackpath-secret | StackPath | stackpath | control.stackpath.com: delete it | stackpath.dev/reference
 client secret | {h64} {a32-64}
transloadit-secret | Transloadit | transloadit | transloadit.com/c/credentials: delete it | github.com/transloadit/node-sdk/blob/main/README.md | read
 auth secret | {h40} {h32}
uploadcare-secret | Uploadcare | uploadcare | app.uploadcare.com, API keys: delete it | uploadcare.com/docs/api/
 secret key | {h20} {h16-40}
upcloud-token | UpCloud | upcloud | hub.upcloud.com/account/api-tokens: delete it | developers.upcloud.com
 API token | ucat_{u26}
vercel-token | Vercel | vercel zeit now_token | vercel.com/account/tokens: delete it | github.com/vercel/terraform-provider-vercel/blob/main/docs/index.md
 access token | {a24} | near critical read
 blob token | vercel_blob_rw_{a16}_{a30-34}
volcengine-key | Volcengine | volc+engine volcengine volc_access volc_secret ark_api | console.volcengine.com/iam/keymanage: disable it | www.volcengine.com/docs/6291/65568
 access key id | AKLT{b40-60} | medium
 secret key | {s56-60}{=}
 Ark API key | {uuid}
vultr-api-key | Vultr | vultr | my.vultr.com/settings/#settingsapi: regenerate it | www.vultr.com/api/#section/Authentication
 API key | {U36} {u36} | critical
wasabi-key | Wasabi | wasabi | console.wasabisys.com, Access keys: delete it | docs.wasabi.com/docs/creating-a-new-access-key
 secret key | {s40} | critical
 access key id | {u20} | near medium
wpengine-token | WP Engine | wpengine wp_engine wpe_api | my.wpengine.com/profile/api_access: delete it | wpengineapi.com
 API password | {uuid} {a20-40}
zeabur-token | Zeabur | zeabur | dash.zeabur.com/account/api-keys: delete it | zeabur.com/docs/en-US/developer/public-api
 API key | sk-{l26-40} | near
zerops-token | Zerops | zerops | app.zerops.io, Access tokens: delete it | docs.zerops.io/references/cli
 access token | {b22}
linode-object-key | Linode Object Storage | linode_object linode_obj linode_s3 linode_access | cloud.linode.com/object-storage/access-keys: revoke it | github.com/linode/terraform-provider-linode/blob/main/docs/index.md | read
 secret key | {a40}
anypoint-secret | MuleSoft Anypoint | anypoint mulesoft | MuleSoft Anypoint, account settings, API: make a new secret, delete the old one | docs.mulesoft.com/access-management/connected-apps-overview
 client secret | {h32} {uuid}
buddyns-token | BuddyNS | buddyns | BuddyNS, account settings, API: make a new token, delete the old one | www.buddyns.com/support/api/v2/
 API token | {h40}
cloudplan-key | Cloudplan | cloudplan | Cloudplan, account settings, API: make a new key, delete the old one | cloudplan.net
 API key | {a32}
m3o-token | M3O | m3o_api m3o.com m3o_token | M3O, account settings, API: make a new token, delete the old one | m3o.com/docs
 API token | {s48} {uuid}
kong-token | Kong Konnect | kong_admin kong-admin konnect kong_token kong_api !kong | Kong Konnect, account settings, API: make a new token, delete the old one | github.com/Kong/terraform-provider-konnect/blob/main/docs/index.md | read
 access token | kpat_{a48} spat_{a48} {a32}
cloudamqp-key | CloudAMQP | cloudamqp | CloudAMQP, account settings, API: make a new key, delete the old one | github.com/cloudamqp/terraform-provider-cloudamqp/blob/main/docs/index.md | read
 API key | {uuid}
coolify-token | Coolify | coolify | Coolify, account settings, API: make a new token, delete the old one | coolify.io/docs/api-reference/authorization
 API token | {d1-6}¦{a40-60} | near
dokploy-key | Dokploy | dokploy | Dokploy, account settings, API: make a new key, delete the old one | docs.dokploy.com
 API key | {a64} {z64}
azure-cosmos-key | Azure Cosmos DB | cosmos_key cosmosdb cosmos_db documents.azure cosmos_primary | Azure Cosmos DB, account settings, API: make a new key, delete the old one | learn.microsoft.com/en-us/purview/sit-defn-azure-cosmos-db-account-access-key | read
 account key | {s86}==
digitalocean-token | DigitalOcean | digitalocean digital_ocean do_token do_api | DigitalOcean, account settings, API: make a new one, delete the old one | github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/index.md | read
 token of the old form | {h64}
digitalocean-spaces-key | DigitalOcean | spaces_secret spaces+access digitalocean_spaces digitaloceanspaces do_spaces | cloud.digitalocean.com/spaces/access_keys: delete it | github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/index.md | read
 Spaces secret key | {s43} | critical
alibaba-access-key-secret | Alibaba Cloud | alibaba aliyun alicloud alibaba_cloud | Alibaba Cloud, account settings, API: make a new secret, delete the old one | www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair
 access key secret | {a30}
tencent-secret-key | Tencent Cloud | tencentcloud tencent_cloud tencent qcloud | Tencent Cloud, account settings, API: make a new key, delete the old one | github.com/tencentcloudstack/terraform-provider-tencentcloud/blob/master/website/docs/index.html.markdown | read
 secret key | {a32}
baidu-secret-key | Baidu AI Cloud | baidu baidubce bce_access bce_secret | Baidu AI Cloud, account settings, API: make a new key, delete the old one | cloud.baidu.com/doc/Reference/s/9jwvz2egb
 secret key | {a32} {h32}
baidu-secret-key | Baidu AI Cloud | bce_key | Baidu AI Cloud console, Security authentication: disable it | cloud.baidu.com/doc/Reference/s/9jwvz2egb
 access key id | ALTAK{a20-22} | medium
`;
