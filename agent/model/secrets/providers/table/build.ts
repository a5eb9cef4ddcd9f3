/** What builds, tests, reviews and publishes code. */
export const build = `
appcenter-token | App Center | app+center appcenter | appcenter.ms/settings/apitokens: delete it | learn.microsoft.com/en-us/appcenter/api-docs/
 API token | {h40}
appcircle-token | Appcircle | appcircle | my.appcircle.io, API keys: delete it | docs.appcircle.io
 API key | {b40-90}
appveyor-token | AppVeyor | appveyor | ci.appveyor.com/api-keys: regenerate it | www.appveyor.com/docs/api/
 API token | v2.{l20} {l20} | near
artifactory-password | JFrog Artifactory | artifactory jfrog | JFrog platform, user profile: revoke it | jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
 API key or token | AKC{a50-80} AP{a40-80} {a73} {a64} | near critical
bitrise-token | Bitrise | bitrise | app.bitrise.io/me/profile#/security: revoke it | devcenter.bitrise.io/en/accounts/personal-access-tokens.html
 access token | bitpat_{b40-100} bitwat_{b40-100}
 personal access token | {b86} {b80-100} | near
browserstack-key | BrowserStack | browserstack | browserstack.com/accounts/settings: reset it | www.browserstack.com/docs/app-automate/appium/sdk-faqs/generic/cli-args | read
 access key | {a20} | e3
buddy-token | Buddy | buddy_token buddy_api buddy.works !buddy | app.buddy.works/my-account/api: delete it | buddy.works/docs/api/getting-started/overview
 token | {uuid} {b30-64}
buildkite-token | Buildkite | buildkite | buildkite.com/user/api-access-tokens: revoke it | buildkite.com/docs/platform/security/tokens | read
 portal, package, queue or pull token | bk{aa/pt/ps/cq/pr/sa/ar}_{b30-80}
 agent or API token | {h40} {h50} | near critical
circleci-token | CircleCI | circle+ci circle_token circle-token circle_api | app.circleci.com, User or Project settings, API tokens: delete it | circleci.com/changelog/new-format-for-api-access-tokens/ | read
 API token | {h40} | critical
codacy-token | Codacy | codacy | app.codacy.com, Integrations: delete it | docs.codacy.com/codacy-api/api-tokens/
 API or project token | {a20} {h32}
codeclimate-token | Code Climate | code+climate cc_test_reporter cc_test_reporter_id cc_api | codeclimate.com/profile/tokens: delete it | github.com/codeclimate/test-reporter/blob/master/README.md
 API token | {h40}
 test reporter id | {h64} | medium read
codecov-token | Codecov | codecov | app.codecov.io, Settings, Tokens: regenerate it | github.com/codecov/codecov-node/blob/master/README.md
 upload token | {uuid} | medium read
 API token | {h40} {h32} | medium
codefresh-api-key | Codefresh | codefresh cf_api_key | g.codefresh.io/user/settings: delete it | codefresh.io/docs/docs/integrations/codefresh-api/
 API key | {h24}.{h32} {h24}.{h64}
codemagic-token | Codemagic | codemagic | codemagic.io/teams, Integrations: regenerate it | docs.codemagic.io/rest-api/codemagic-rest-api/
 API token | {b43}
codeship-secret | CodeShip | codeship | app.codeship.com: change it | docs.cloudbees.com/docs/cloudbees-codeship/latest/
 webhook secret or AES key | {s43}{=} {h32}
coveralls-token | Coveralls | coveralls | coveralls.io, Repository settings: regenerate it | github.com/coverallsapp/coverage-reporter/blob/master/README.md | read
 repository token | {a32-37} {a32} | medium
crowdin-token | Crowdin | crowdin | crowdin.com/settings#api-key: delete it | github.com/crowdin/github-action/blob/master/README.md | read
 personal access token | {h80}
dagger-token | Dagger Cloud | dagger | dagger.cloud, Tokens: revoke it | docs.dagger.io
 token | dag_{b30-100}
deepsource-token | DeepSource | deepsource | app.deepsource.com, Tokens: revoke it | docs.deepsource.com/docs/developers/api
 DSN or token | dsp_{h40-50} dsp_{a30-60}
drone-token | Drone CI | drone_token drone_server_token drone_ci droneci drone_secret drone_rpc | Drone, account settings: rotate it | docs.drone.io/cli/configure/
 token | {a32} {h32}
endorlabs-key | Endor Labs | endor+labs endor_api | app.endorlabs.com, API keys: revoke it | github.com/endorlabs/github-action/blob/main/README.md | read
 API key secret | {b20-60}
expo-token | Expo | expo_token expo_access eas_token expo-token expo.dev | expo.dev/settings/access-tokens: revoke it | docs.expo.dev/accounts/programmatic-access/ | read
 access token | {b40} {b38-44}
fossa-api-key | FOSSA | fossa | app.fossa.com/account/settings/integrations/api_tokens: delete it | docs.fossa.com/docs/cli/walkthroughs/integrating | read
 API token | {h32}
gemfury-token | Gemfury | gemfury fury_token fury_auth fury_deploy | manage.fury.io/manage/tokens: revoke it | gemfury.com/help/tokens
 deploy or full token | {a19-20}-{a20} {a18-24}
coder-token | Coder | coder_session coder_token coder_api | Coder, Account, Tokens: delete it | github.com/coder/coder/blob/main/coderd/apikey/apikey.go | read
 session token or API key | {a10}-{a22}
gitea-token | Gitea | gitea forgejo codeberg | Gitea, Settings, Applications: delete it | github.com/go-gitea/gitea/blob/main/models/auth/access_token.go | read
 access token | {h40}
gitbook-token | GitBook | gitbook | app.gitbook.com/account/developer: revoke it | gitbook.com/docs/developers/gitbook-api/authentication
 API token | gb_api_{a36-44}
gogs-token | Gogs | gogs | Gogs, Your settings, Applications: delete it | github.com/gogs/gogs/blob/main/internal/database/access_tokens.go | read
 access token | {h40}
gocd-token | GoCD | gocd go_server | GoCD, Access tokens: revoke it | github.com/gocd/gocd/blob/master/server/src/main/java/com/thoughtworks/go/domain/AccessToken.java | read
 access token | {h40}
gradle-key | Gradle | gradle_enterprise develocity gradle_publish gradle.publish gradle_api gradle_key | plugins.gradle.org/user: regenerate the API key | plugins.gradle.org/submit | read
 plugin portal key or secret | {a32} {a52} {l52}
guardsquare-token | Guardsquare | guardsquare appsweep | appsweep.guardsquare.com: revoke it | github.com/Guardsquare/appsweep-gradle/blob/main/README.md | read
 API key | gs_appsweep_{b30-60}
harness-token | Harness | harness | app.harness.io, Profile, API keys: delete it | developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/
 access token | {pat/sat}.{b22}.{h24}.{a20} | near critical
hex-pm-key | Hex.pm | hex_api hexpm hex_pm hex_api_key | hex.pm/dashboard/keys: revoke it | github.com/hexpm/hexpm/blob/main/lib/hexpm/accounts/auth.ex | read
 API key | {h32} | critical
ionic-token | Ionic | ionic_token ionic-token ionic_pat | dashboard.ionicframework.com/personal/access-tokens: revoke it | ionic.io/docs/appflow
 token | ion_{a42}
jenkins-token | Jenkins | jenkins | Jenkins, user, Security, API token: revoke it | github.com/jenkinsci/jenkins/blob/master/core/src/main/java/jenkins/security/apitoken/ApiTokenStore.java | read
 API token | 11{h32} {h32} | near critical
knapsack-token | Knapsack Pro | knapsack | knapsackpro.com: regenerate it | github.com/KnapsackPro/knapsack_pro-ruby/blob/master/lib/knapsack_pro/config/env.rb | read
 token | {h32}
lambdatest-key | LambdaTest | lambdatest lt_access_key lambda_test | accounts.lambdatest.com/security: regenerate it | github.com/LambdaTest/python-selenium-sample/blob/main/README.md | read
 access key | LT_{a46-50} {a50} | near
lokalise-token | Lokalise | lokalise | app.lokalise.com/profile#apitokens: revoke it | github.com/lokalise/node-lokalise-api | read
 API token | {h40}
localstack-token | LocalStack | localstack | app.localstack.cloud/workspace/auth-tokens: reset it | docs.localstack.cloud/aws/developer-tools/running-localstack/lstk/authentication/ | read
 auth token | ls-{b20-50} ls-{a4-12}-{a4-8}-{a4-8}-{a4-8}-{a6-14} | near
maven-central-token | Maven Central | sonatype ossrh maven_central mavencentral nexus_token central_portal | central.sonatype.com/account: generate a new token | central.sonatype.org/publish/generate-portal-token/
 user token password | {s44} {s40-46} {a8} | critical
mergify-key | Mergify | mergify | dashboard.mergify.com, Applications: delete it | docs.mergify.com/api-usage/
 application key | mka_{a40-70}
nx-cloud-token | Nx Cloud | nx_cloud nxcloud | cloud.nx.app, Settings, Access tokens: delete it | nx.dev/ci/reference/config | read
 access token | {s44-64}{=} {b30-80}
openvsx-token | Open VSX | openvsx ovsx ovsx_pat | open-vsx.org/user-settings/tokens: delete it | github.com/eclipse/openvsx/blob/master/server/src/main/java/org/eclipse/openvsx/accesstoken/AccessTokenService.java | read
 access token | ovsxp_{uuid} ovsxat_{uuid} {uuid} | near critical
packagecloud-token | packagecloud | packagecloud package_cloud | packagecloud.io/api_token: reset it | packagecloud.io/docs/api
 API token | {h48}
packagist-token | Packagist | packagist | packagist.com, Settings, API access: revoke it | github.com/composer/packagist/blob/main/src/Entity/User.php
 packagist.org API token | {h20} | near read
 packagist.org API token of the old form | {b20} | near
percy-token | Percy | percy_token percy_api percy.io !percy | percy.io, Project settings: regenerate it | browserstack.com/docs/percy/common-issue/common-errors/missing-percy-token | read
 project token | web_{h64} app_{h64} ss_{h64} auto_{h64} {h64} | near
platformsh-token | Platform.sh | platform.sh platform_sh platformsh platform_cli upsun | console.platform.sh, My profile, API tokens: revoke it | docs.platform.sh/administration/cli/api-tokens.html
 API token | {b43}
powershell-gallery-key | PowerShell Gallery | powershell_gallery psgallery ps_gallery powershellgallery | powershellgallery.com/account/apikeys: delete it | learn.microsoft.com/en-us/powershell/gallery/
 API key | {l46} {uuid} | critical
pypi-password | PyPI | twine pypi_pass pypi_token pypi_api !pypi pypi.org | pypi.org/manage/account/token: remove it | github.com/pypi/warehouse/blob/main/warehouse/macaroons/services.py | read
 API token | pypi-{b80-300} | near critical
pub-dev-token | pub.dev | pub_dev pub.dev pub_token | myaccount.google.com/permissions: remove it | dart.dev/tools/pub/cmd/pub-token
 token | {t60-300}
saucelabs-key | Sauce Labs | sauce+labs sauce_access sauce_api sauce_key | app.saucelabs.com/user-settings: regenerate it | docs.saucelabs.com/basics/environment-variables | read
 access key | {uuid}
scrutinizer-token | Scrutinizer | scrutinizer | scrutinizer-ci.com/profile/applications: revoke it | scrutinizer-ci.com/docs/api/
 access token | {h64}
semaphore-token | Semaphore | semaphore_api semaphoreci semaphore_token semaphore_ci !semaphore | me.semaphoreci.com/account: reset it | docs.semaphoreci.com/reference/api
 API token | {b20} {b18-36}
semgrep-token | Semgrep | semgrep | semgrep.dev/orgs/-/settings/tokens: delete it | semgrep.dev/docs/semgrep-ci/ci-environment-variables | read
 app token | {h64}
shippable-token | Shippable | shippable | Shippable is closed: make sure that the token is used nowhere else | docs.shippable.com
 API token | {uuid}
shorebird-token | Shorebird | shorebird | console.shorebird.dev: revoke it | github.com/shorebirdtech/shorebird/blob/main/packages/shorebird_cli/lib/src/auth/ci_token.dart | read
 CI token | eyJ{s117-400}{=} | near
snyk-token | Snyk | snyk | app.snyk.io/account: revoke it | github.com/snyk/user-docs/blob/main/docs/getting-started/how-to-obtain-and-authenticate-with-your-snyk-api-token.md
 API token | {uuid} | read
 personal access token | snyk_{uat/sat}.{h8}.{b30-300} | critical
socket-token | Socket | socket_security socket_cli socketdev sktsec | socket.dev/dashboard, API tokens: revoke it | github.com/SocketDev/socket-cli/blob/main/README.md | read
 API token | sktsec_{b40-60}_api
sonar-token | SonarQube | sonar sonarcloud sonar_token sonarqube | SonarQube, My account, Security: revoke it | github.com/SonarSource/sonarqube/blob/master/server/sonar-webserver-auth/src/main/java/org/sonar/server/usertoken/TokenGeneratorImpl.java | read
 token | {h40} | near
speedcurve-key | SpeedCurve | speedcurve | app.speedcurve.com, Teams: reset it | support.speedcurve.com/reference
 API key | {a30-40}
sourcegraph-token | Sourcegraph | sourcegraph src_access src_token | sourcegraph.com/users, Access tokens: delete it | github.com/sourcegraph/sourcegraph-public-snapshot/blob/main/internal/accesstoken/personal_access_token.go | read
 access token | {h40} | near
testrail-key | TestRail | testrail | TestRail, My settings, API keys: delete it | support.testrail.com/hc/en-us/articles/7077039051284
 API key | {s20}.{s20} {s18-24}.{s18-24} | near
testingbot-key | TestingBot | testingbot | testingbot.com/members/user/edit: reset it | testingbot.com/support/api
 API key or secret | {h32}
travis-token | Travis CI | travis | app.travis-ci.com/account/preferences: regenerate it | github.com/travis-ci/travis-api/blob/master/lib/travis/model/token.rb
 token | {a20} | near e3.3 read
 access token | {b20-24} | near e3.3
tuist-token | Tuist | tuist | tuist.dev: revoke it | docs.tuist.dev/en/guides/server/authentication
 token | tuist_{uuid}_{s30-60}{=} | near
turborepo-token | Turborepo | turbo_token turborepo turbo_remote | vercel.com/account/tokens: delete it | turborepo.com/docs/core-concepts/remote-caching
 remote cache token | {a24} {a30-64} | near
visual-studio-marketplace-token | Visual Studio Marketplace | vsce vsce_pat vs_marketplace | dev.azure.com, Personal access tokens: revoke it | code.visualstudio.com/api/working-with-extensions/publishing-extension
 personal access token | {l52} {a84} | critical
wakatime-key | WakaTime | wakatime waka_ | wakatime.com/settings/account: regenerate it | github.com/wakatime/vscode-wakatime/blob/master/src/utils.ts
 API key | waka_{uuid} | read
 API key of the old form | {uuid} | near read
 OAuth secret or token | waka_{sec/tok/ref}_{a70-100}
woodpecker-token | Woodpecker CI | woodpecker | Woodpecker, user settings: reset it | woodpecker-ci.org/docs/usage/cli
 token or agent secret | eyJ{b10-60}.eyJ{b20-200}.{b40-60} {h64} | near
woodpecker-token | Woodpecker CI | woodpecker | Woodpecker, Admin settings, Agents: delete the agent | github.com/woodpecker-ci/woodpecker/blob/main/server/api/agent.go | read
 agent token | {v52}==== | near
apimatic-key | APIMatic | apimatic | APIMatic, account settings, API: make a new key, delete the old one | docs.apimatic.io
 API key | {b64} {a43-64}
bitbar-key | BitBar | bitbar | BitBar, account settings, API: make a new key, delete the old one | support.smartbear.com/bitbar/docs/en/bitbar-rest-api.html
 API key | {a32}
crossbrowsertesting-key | CrossBrowserTesting | crossbrowsertesting cbt_authkey cbt_auth | CrossBrowserTesting, account settings, API: make a new key, delete the old one | help.crossbrowsertesting.com/apis/
 auth key | {h16} {l16} u{h16}
loadmill-token | Loadmill | loadmill | Loadmill, account settings, API: make a new token, delete the old one | docs.loadmill.com
 API token | {h8}.{h32} {b60-300} {h64}
runrunit-token | Runrun.it | runrunit runrun.it | Runrun.it, account settings, API: make a new token, delete the old one | runrun.it/api/documentation
 app key or user token | {h32} {a18-20}
versioneye-key | VersionEye | versioneye | VersionEye, account settings, API: make a new key, delete the old one | www.versioneye.com/api
 API key | {h40}
cypress-key | Cypress Cloud | cypress_record cypress_api cypress+run !cypress | Cypress Cloud, account settings, API: make a new key, delete the old one | docs.cypress.io/cloud/account-management/projects
 record key | {uuid}
applitools-key | Applitools | applitools | Applitools, account settings, API: make a new key, delete the old one | applitools.com/docs/topics/overview/obtain-api-key.html
 API key | {a48}110 {b43}110 {b40-60}110
transifex-token | Transifex | transifex tx_token | Transifex, account settings, API: make a new token, delete the old one | developers.transifex.com/docs/using-the-client | read
 API token | {d1}/{h40} {h40}
smartling-secret | Smartling | smartling | Smartling, account settings, API: make a new secret, delete the old one | help.smartling.com/hc/en-us/articles/115004187694
 user secret | {a26-64} {b50-60}
speakeasy-key | Speakeasy | speakeasy_api speakeasy_key | Speakeasy, account settings, API: make a new key, delete the old one | www.speakeasy.com/docs
 API key | {b30-80}
depot-token | Depot | depot_token depot.dev depot_project | Depot, account settings, API: make a new token, delete the old one | depot.dev/changelog/2024-05-20-project-token-api-endpoints | read
 token | depot_{project/org/user}_{h64}
warpbuild-key | WarpBuild | warpbuild | WarpBuild, account settings, API: make a new key, delete the old one | docs.warpbuild.com
 API key | {h64} {b40-80}
earthly-token | Earthly | earthly_token earthly | Earthly, account settings, API: make a new token, delete the old one | docs.earthly.dev
 token | {h64}
chromatic-token | Chromatic | chromatic_project chromatic_token chromatic.com | Chromatic, account settings, API: make a new token, delete the old one | www.chromatic.com/docs/setup/
 project token | chpt_{h12-16} {l11-13} | near
argos-token | Argos | argos_token argos-ci argos_ci | Argos, account settings, API: make a new token, delete the old one | github.com/argos-ci/argos/blob/main/apps/backend/src/database/models/Project.ts
 token | argos_{a34} | read
 token of the old form | argos_{h40} {h40} | near
mend-key | Mend | whitesource ws_apikey mend_api mend_user ws_userkey | Mend, account settings, API: make a new key, delete the old one | docs.mend.io
 API or user key | {h64}
teamcity-token | TeamCity | teamcity | TeamCity, account settings, API: make a new token, delete the old one | www.jetbrains.com/help/teamcity/configuring-your-user-profile.html
 access token | eyJ0eXAiOiAiVENWMiJ9.{b30-60}.{b40-60}
travis-token | Travis CI | travis-ci.com travis_api | app.travis-ci.com/account/preferences: regenerate it | github.com/travis-ci/travis-api/blob/master/lib/travis/api/app/access_token.rb | read
 API access token | {b22} | near e3.3
weblate-token | Weblate | weblate | Weblate, Profile, API access: regenerate it | github.com/WeblateOrg/weblate/blob/main/weblate/utils/token.py | read
 API token | wl{u/p}_{a36} | sure
`;
