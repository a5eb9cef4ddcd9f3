/** What people run on machines of their own: servers of media, files, tickets, secrets and networks. */
export const hosted = `
zabbix-token | Zabbix | zabbix | Zabbix, Users, API tokens: delete it | github.com/zabbix/zabbix/blob/master/ui/include/classes/api/services/CToken.php
 API token | {h64} | read
 session id | {h32}
paperless-token | Paperless-ngx | paperless_token paperless_api paperless_ngx | Paperless-ngx, account settings, API: make a new token, delete the old one | docs.paperless-ngx.com/api/
 API token | {h40}
homeassistant-token | Home Assistant | hass_token homeassistant home_assistant hassio hass_api | Home Assistant, account settings, API: make a new token, delete the old one | www.home-assistant.io/docs/authentication/
 long-lived access token | eyJ{b10-60}.eyJ{b60-200}.{b43} | near
plex-token | Plex | plex_token plex-token plex_claim plextoken | Plex, account settings, API: make a new token, delete the old one | support.plex.tv/articles/204059436
 token | {b20}
truenas-key | TrueNAS | truenas freenas | TrueNAS, account settings, API: make a new key, delete the old one | github.com/truenas/middleware/blob/master/src/middlewared/middlewared/plugins/api_key.py | read
 API key | {d1-4}-{a64}
phabricator-token | Phabricator | phabricator conduit_token conduit | Phabricator, account settings, API: make a new token, delete the old one | github.com/phacility/phabricator/blob/master/src/applications/conduit/storage/PhabricatorConduitToken.php | read
 Conduit API token | {api/cli}-{l28} | near
youtrack-token | YouTrack | youtrack jetbrains_hub hub.jetbrains | YouTrack, Profile, Account security: delete the token | jetbrains.com/help/youtrack/devportal/authentication-with-permanent-token.html | read
 permanent token | perm:{s4-60}{=}.{s4-60}{=}.{a30} perm-{s4-60}{=}.{s4-60}{=}.{a30}
syncthing-key | Syncthing | syncthing stguiapikey | Syncthing, Settings, GUI: generate a new API key | github.com/syncthing/syncthing/blob/main/lib/config/guiconfiguration.go | read
 API key | {a32}
openwebui-key | Open WebUI | open_webui openwebui | Open WebUI, account settings, API: make a new key, delete the old one | github.com/open-webui/open-webui/blob/main/backend/open_webui/utils/auth.py | read
 API key | sk-{h32} | near
flowise-key | Flowise | flowise | Flowise, account settings, API: make a new key, delete the old one | github.com/FlowiseAI/Flowise/blob/main/packages/server/src/utils/apiKey.ts
 API key of the old form | {s43}=
 API key | {b43} | read
anythingllm-key | AnythingLLM | anythingllm anything_llm | AnythingLLM, account settings, API: make a new key, delete the old one | github.com/Mintplex-Labs/anything-llm/blob/master/server/models/apiKeys.js | read
 API key | {u7}-{u7}-{u7}-{u7}
pocketbase-token | PocketBase | pocketbase | PocketBase, account settings, API: make a new token, delete the old one | pocketbase.io/docs
 auth token | eyJ{b10-60}.eyJ{b60-300}.{b43} | near
authentik-token | authentik | authentik | authentik, Directory, Tokens: delete it | github.com/goauthentik/authentik/blob/main/authentik/core/models.py
 API token | {a60} {a128}
 API token of the old form | {h32} | read
casdoor-secret | Casdoor | casdoor | Casdoor, account settings, API: make a new secret, delete the old one | casdoor.org/docs
 client secret | {h40}
zitadel-token | ZITADEL | zitadel | ZITADEL, account settings, API: make a new token, delete the old one | zitadel.com/docs
 client secret or token | {a64} {b71-100}
harbor-secret | Harbor | harbor_robot harbor_password harbor_token goharbor | Harbor, Robot accounts: refresh the secret | github.com/goharbor/harbor/blob/main/src/controller/robot/controller.go | read
 robot account secret | {a32}
minio-key | MinIO | minio | MinIO, account settings, API: make a new key, delete the old one | github.com/minio/minio/blob/master/internal/auth/credentials.go
 secret key | {s40} | read
 secret key of another form | {a32}
vaultwarden-token | Vaultwarden | vaultwarden | Set another ADMIN_TOKEN and restart Vaultwarden | github.com/dani-garcia/vaultwarden/blob/main/.env.template
 admin token | {s64} | read
 admin token of another form | {s43}= {h64}
openproject-token | OpenProject | openproject | OpenProject, account settings, API: make a new token, delete the old one | github.com/opf/openproject/blob/dev/app/models/token/base.rb
 API token | {h64} | read
 API token of the old form | {h40}
taiga-token | Taiga | taiga_token taiga_api taiga_secret taiga.io | Taiga, account settings, API: make a new token, delete the old one | docs.taiga.io/api.html
 secret key or token | {a40-60} {b100-300}
kanboard-token | Kanboard | kanboard | Kanboard, account settings, API: make a new token, delete the old one | github.com/kanboard/kanboard/blob/main/app/Core/Security/Token.php | read
 API token | {h60}
mantis-token | MantisBT | mantisbt mantis_token mantis_api | MantisBT, My account, API tokens: revoke it | github.com/mantisbt/mantisbt/blob/master/core/api_token_api.php | read
 API token | {b32} {a32}
bugzilla-key | Bugzilla | bugzilla | Bugzilla, account settings, API: make a new key, delete the old one | github.com/bugzilla/bugzilla/blob/5.2/Bugzilla/User/APIKey.pm | read
 API key | {a40}
immich-key | Immich | immich | Immich, account settings, API: make a new key, delete the old one | github.com/immich-app/immich/blob/main/server/src/services/api-key.service.ts | read
 API key | {a40-44}
photoprism-token | PhotoPrism | photoprism | PhotoPrism, account settings, API: make a new token, delete the old one | github.com/photoprism/photoprism/blob/develop/pkg/rnd/auth.go | read
 access token | {h48}
 app password | {a6}-{a6}-{a6}-{a6}
grocy-key | Grocy | grocy | Grocy, account settings, API: make a new key, delete the old one | github.com/grocy/grocy/blob/master/services/ApiKeyService.php | read
 API key | {a50}
tautulli-key | Tautulli | tautulli overseerr jellyseerr | Tautulli, account settings, API: make a new key, delete the old one | github.com/Tautulli/Tautulli/wiki
 API key | {h32} {s48-64}{=}
pihole-token | Pi-hole | pihole pi_hole webpassword | Pi-hole, account settings, API: make a new token, delete the old one | docs.pi-hole.net/api/
 API token | {h64}
opnsense-secret | OPNsense | opnsense pfsense | OPNsense, System, Access, Users: delete the API key | github.com/opnsense/core/blob/master/src/opnsense/mvc/app/library/OPNsense/Auth/API.php | read
 API key or secret | {s80}
mikrotik-token | Fortinet | fortigate fortinet fortios fortimanager | Fortinet, account settings, API: make a new token, delete the old one | docs.fortinet.com
 API token | {a30} {a32}
paloalto-key | Palo Alto Networks | paloalto panorama_api panos_api pan_os | Palo Alto Networks, account settings, API: make a new key, delete the old one | docs.paloaltonetworks.com
 API key | {s80-200}{=} LUFRPT{s60-200}{=} | near
snipeit-token | Snipe-IT | snipeit snipe_it | Snipe-IT, account settings, API: make a new token, delete the old one | snipe-it.readme.io
 API token | eyJ{b20-120}.eyJ{b60-600}.{b600-700} | near
glpi-token | GLPI | glpi_app glpi_user glpi_token | GLPI, account settings, API: make a new token, delete the old one | glpi-project.org
 app or user token | {a40}
servarr-key | Servarr | sonarr radarr lidarr prowlarr readarr jellyfin emby | its settings, General, Security: reset the API key | github.com/Sonarr/Sonarr/blob/main/src/NzbDrone.Core/Configuration/ConfigFileProvider.cs | read
 API key | {h32}
proxmox-token | Proxmox VE | proxmox pveapitoken pve_token pve_api | Proxmox, Datacenter, Permissions, API tokens: remove it | pve.proxmox.com/wiki/User_Management
 API token secret | {uuid} | critical
ntfy-token | ntfy | ntfy | ntfy, Account, Access tokens: delete it | github.com/binwiederhier/ntfy/blob/main/user/manager.go | read
 access token | tk_{l29} | near
nextcloud-password | Nextcloud | nextcloud owncloud | Nextcloud, Settings, Security: revoke the device | github.com/nextcloud/server/blob/master/apps/settings/lib/Controller/AuthSettingsController.php | read
 app password | {a5}-{a5}-{a5}-{a5}-{a5} | e2.8
n8n-key | n8n | n8n | n8n, Settings, n8n API: delete it | github.com/n8n-io/n8n/blob/master/packages/cli/src/services/public-api-key.service.ts
 API key of the old form | n8n_api_{h80} | sure read
 API key | eyJ{b20-60}.eyJ{b40-300}.{b43} | near read
redmine-key | Redmine | redmine | Redmine, My account: reset the API access key | github.com/redmine/redmine/blob/master/app/models/token.rb | read
 API access key | {h40}
portainer-key | Portainer | portainer | Portainer, My account, Access tokens: remove it | github.com/portainer/portainer/blob/develop/api/apikey/service.go | read
 access token | ptr_{s43}= | sure critical
uptime-kuma-key | Uptime Kuma | uptime+kuma uptime_kuma | Uptime Kuma, Settings, API keys: delete it | github.com/louislam/uptime-kuma/blob/master/server/socket-handlers/api-key-socket-handler.js | read
 API key | uk{d1-4}_{b40} | near
gotify-token | Gotify | gotify | Gotify, Apps or Clients: delete it | github.com/gotify/server/blob/master/auth/token.go
 application or client token | gtfy_{app/client}.{b43} | sure read
 plugin token | P{b22} | near read
 token of the old form | {A/C}{t14} | near e2.8
rancher-token | Rancher | rancher | Rancher, Account & API keys: delete it | github.com/rancher/rancher/blob/main/pkg/auth/tokens/manager.go
 API token | token-{l5}:{l54} | critical read
 token of a kubeconfig | kubeconfig-{l5}:{l54} kubeconfig-u-{l5-10}:{l54} kubeconfig-user-{l5-10}:{l54} | critical
`;
