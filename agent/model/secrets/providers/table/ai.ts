/** Models, what serves them, and what searches and scrapes for them. */
export const ai = `
ai21-api-key | AI21 | ai21 | studio.ai21.com/account/api-key: delete it | github.com/AI21Labs/ai21-python/blob/main/README.md | read
 API key | {a32} {uuid}
anyscale-api-key | Anyscale | anyscale | console.anyscale.com, API keys: delete it | docs.anyscale.com
 API key | esecret_{a20-50} aph0_{a20-60}
assemblyai-api-key | AssemblyAI | assembly+ai | assemblyai.com/app, API keys: delete it | assemblyai.com/docs/pre-recorded-audio/api-reference/files/upload | read
 API key | {h32}
baseten-api-key | Baseten | baseten | app.baseten.co/settings/api_keys: revoke it | docs.baseten.co/observability/api-keys
 API key | {a8}.{a32}
brave-search-api-key | Brave Search | brave+search brave_api brave-api | api-dashboard.search.brave.com: delete it | api-dashboard.search.brave.com/documentation/guides/authentication | read
 API key | BSA{b24-40} | near
brightdata-token | Bright Data | bright+data luminati | brightdata.com/cp/setting/users: delete the token | docs.brightdata.com/api-reference/authentication
 API token | {uuid} {h64}
browserbase-api-key | Browserbase | browserbase | browserbase.com/settings: regenerate it | github.com/browserbase/sdk-python/blob/main/src/browserbase/_client.py | read
 API key | bb_{live/test}_{b20-40}
browserless-token | Browserless | browserless | account.browserless.io: reset it | docs.browserless.io/overview/connection-urls
 token | {uuid} {a40-60}
cohere-api-key | Cohere | cohere co_api_key | dashboard.cohere.com/api-keys: delete it | docs.cohere.com/reference/about
 API key | {a40}
clarifai-token | Clarifai | clarifai | clarifai.com/settings/security: delete it | npmjs.com/package/clarifai-node-serverless | read
 personal access token or API key | {h32}
comet-api-key | Comet | comet_api comet_ml cometml opik_api !comet comet.com | comet.com/account-settings/apiKeys: delete it | www.comet.com/docs/v2/guides/experiment-management/configure-sdk/
 API key | {a24-40}
cursor-api-key | Cursor | !cursor cursor.com | cursor.com/dashboard, Integrations: delete it | docs.cursor.com/account/teams/admin-api
 API key | key_{h64} crsr_{h64}
dashscope-api-key | Alibaba Model Studio | dashscope qwen bailian aliyun+bailian | bailian.console.aliyun.com, API-KEY: delete it | help.aliyun.com/en/model-studio/configure-api-key-through-environment-variables | read
 API key | sk-{h32} | near
deepai-api-key | DeepAI | deepai | deepai.org/dashboard: reset it | deepai.org/docs
 API key | {uuid}
deepgram-api-key | Deepgram | deepgram | console.deepgram.com, API keys: delete it | developers.deepgram.com/docs/authenticating | read
 API key | {h40}
deepinfra-api-key | DeepInfra | deep+infra | deepinfra.com/dash/api_keys: delete it | deepinfra.com/docs/getting-started
 API key | {a32}
deepl-api-key | DeepL | deepl | deepl.com/your-account/keys: deactivate it | github.com/DeepLcom/deepl-python/blob/main/deepl/util.py
 API key of a free account | {uuid}:fx | read
 API key | {uuid}
deepseek-api-key | DeepSeek | deepseek | platform.deepseek.com/api_keys: delete it | api-docs.deepseek.com/api_samples/chat_curl | read
 API key | sk-{h32} | near
diffbot-token | Diffbot | diffbot | app.diffbot.com: ask for a new token | docs.diffbot.com/reference/authentication
 token | {h32}
edenai-api-key | Eden AI | eden+ai | app.edenai.run: delete it | docs.edenai.co/docs/getting-started
 API key | {t100-220} {uuid}
exa-api-key | Exa | exa_api exa-api exaapi exa_key exa_ai exa.ai | dashboard.exa.ai/api-keys: delete it | exa.ai/docs/reference/quickstart | read
 API key | {uuid}
fal-api-key | fal | fal_key fal_api fal_ai fal.ai fal.run | fal.ai/dashboard/keys: revoke it | docs.fal.ai/documentation/model-apis/authentication | read
 API key | {uuid}:{h32}
friendli-token | FriendliAI | friendli | friendli.ai, Personal settings, Tokens: delete it | github.com/friendliai/friendli-client/blob/main/README.md | read
 token | flp_{a30-60}
helicone-api-key | Helicone | helicone | helicone.ai/developer: delete it | github.com/Helicone/helicone/blob/main/valhalla/jawn/src/managers/apiKeys/KeyManager.ts | read
 API key | sk-helicone-{b20-60}
 API key of the European Union | sk-helicone-eu-{b20-57} | near
 proxy key | sk-helicone-proxy-{b20-40}-{uuid}
heygen-api-key | HeyGen | heygen | app.heygen.com/settings: reset it | docs.heygen.com/docs/quick-start
 API key | {s40-80}{=}
humeai-api-key | Hume AI | hume_api hume+ai | platform.hume.ai/settings/keys: regenerate it | dev.hume.ai/docs/introduction/api-key
 API key | {a48-64}
imagga-secret | Imagga | imagga | imagga.com/profile/dashboard: reset it | docs.imagga.com
 API secret | {h32}
jina-api-key | Jina AI | jina | jina.ai/api-dashboard: delete it | jina.ai/reader
 API key | jina_{b50-70}
lambda-cloud-api-key | Lambda Cloud | lambda+labs lambda+cloud lambda_api | cloud.lambda.ai/api-keys: delete it | docs.lambda.ai/public-cloud/cloud-api/
 API key | secret_{b20-50}.{a32} secret_{b20-50} | near
leonardo-api-key | Leonardo.Ai | leonardo_api leonardo+ai leonardo.ai !leonardo | app.leonardo.ai, API access: delete it | docs.leonardo.ai/docs/create-your-api-key
 API key | {uuid}
llamacloud-api-key | LlamaCloud | llama+cloud llama+parse | cloud.llamaindex.ai, API Key: delete it | docs.cloud.llamaindex.ai
 API key | llx-{b40-60}
mem0-api-key | Mem0 | mem0 | app.mem0.ai/dashboard/api-keys: delete it | docs.mem0.ai/platform/quickstart
 API key | m0-{a40} | near
mistral-api-key | Mistral AI | mistral codestral | console.mistral.ai/api-keys: delete it | github.com/mistralai/client-js/blob/main/README.md | read
 API key | {a32}
modal-token | Modal | modal_token modal_secret modal_api !modal modal.com | modal.com/settings/tokens: delete it | github.com/modal-labs/modal-client/blob/main/modal/config.py
 token secret | as-{a22} | near read
 token id | ak-{a22} | near medium
monkeylearn-token | MonkeyLearn | monkeylearn | app.monkeylearn.com/main/my-account: reset it | monkeylearn.com/api/v3/
 API token | {h40}
moonshot-api-key | Moonshot AI | moonshot kimi_api moonshot.ai moonshot.cn !kimi | platform.moonshot.ai/console/api-keys: delete it | platform.moonshot.ai/docs/introduction
 API key | sk-{a48} | near
nlpcloud-token | NLP Cloud | nlp+cloud | nlpcloud.com/home/token: reset it | docs.nlpcloud.com
 API token | {h40}
novita-api-key | Novita AI | novita | novita.ai/settings/key-management: delete it | novita.ai/docs/guides/quickstart
 API key | sk_{b40-50} {uuid} | near
ollama-api-key | Ollama | ollama_api ollama-api !ollama ollama.com | ollama.com/settings/keys: delete it | docs.ollama.com/api/authentication
 API key | {h32}.{b24}
openpipe-api-key | OpenPipe | openpipe | app.openpipe.ai/settings: delete it | docs.openpipe.ai/getting-started/quick-start
 API key | opk_{a30-60} opk-{a30-60}
parallel-api-key | Parallel | parallel_api parallel_ai parallel.ai | platform.parallel.ai: delete it | docs.parallel.ai
 API key | {b40} | near
portkey-api-key | Portkey | portkey | app.portkey.ai/api-keys: delete it | github.com/Portkey-AI/portkey-python-sdk/blob/main/README.md | read
 API key | {s26-40}{=}
predictionguard-api-key | Prediction Guard | prediction+guard | predictionguard.com: delete it | docs.predictionguard.com
 API key | {a40} {b30-64}
qdrant-api-key | Qdrant Cloud | qdrant | cloud.qdrant.io, API keys: delete it | qdrant.tech/documentation/cloud/authentication/
 API key | {b40-60} {b32}
removebg-api-key | remove.bg | remove+bg remove.bg | remove.bg/dashboard#api-key: delete it | www.remove.bg/api
 API key | {a24}
roboflow-api-key | Roboflow | roboflow | app.roboflow.com, Settings, API Keys: rotate it | docs.roboflow.com/developer/authentication/find-your-roboflow-api-key
 API key | {a20}
runpod-api-key | Runpod | runpod | console.runpod.io/user/settings: delete it | github.com/runpod/runpod-python/blob/main/README.md | read
 API key | rpa_{a40-50}
sambanova-api-key | SambaNova | sambanova | cloud.sambanova.ai/apis: delete it | docs.sambanova.ai
 API key | {uuid}
scraperapi-key | ScraperAPI | scraper+api | dashboard.scraperapi.com: reset it | docs.scraperapi.com
 API key | {h32}
scrapfly-api-key | Scrapfly | scrapfly | scrapfly.io/dashboard: rotate it | scrapfly.io/docs/scrape-api/getting-started
 API key | scp-{live/test}-{h32}
scrapingbee-api-key | ScrapingBee | scrapingbee | app.scrapingbee.com/account: reset it | www.scrapingbee.com/documentation/
 API key | {u80}
serpapi-key | SerpApi | serp+api | serpapi.com/manage-api-key: regenerate it | github.com/serpapi/google-search-results-python/blob/master/README.md | read
 API key | {h64}
serper-api-key | Serper | serper | serper.dev/api-keys: delete it | serper.dev
 API key | {h40}
siliconflow-api-key | SiliconFlow | siliconflow | cloud.siliconflow.com/account/ak: delete it | docs.siliconflow.com
 API key | sk-{a48} | near
stability-api-key | Stability AI | stability_api stability_ai stability_key stabilityai stability.ai | platform.stability.ai/account/keys: delete it | github.com/Stability-AI/stability-sdk/blob/main/README.md | read
 API key | sk-{a48} | near
unstructured-api-key | Unstructured | unstructured_api unstructured-api unstructured.io unstructuredapp.io | platform.unstructured.io: delete it | docs.unstructured.io/api-reference/overview
 API key | {a30-40}
upstage-api-key | Upstage | upstage | console.upstage.ai/api-keys: delete it | console.upstage.ai/docs/getting-started
 API key | up_{a26-34} | near
v0-api-key | v0 | v0_api v0.dev v0.app | v0.app/chat/settings/keys: delete it | v0.app/docs/api
 API key | v1:{a24}:{a24}
voyage-api-key | Voyage AI | voyage | dash.voyageai.com/api-keys: delete it | github.com/voyage-ai/voyageai-python/blob/main/voyageai/util.py | read
 API key | pa-{b43} al-{b43} | near
wandb-api-key | Weights & Biases | wandb weights_and_biases | wandb.ai/authorize: delete it | github.com/wandb/wandb/blob/main/wandb/sdk/lib/apikey.py
 API key | {h40} local-{h40} | near read
wandb-api-key | Weights & Biases | wandb weights_and_biases | wandb.ai/authorize: delete it | docs.wandb.ai/fr/support/models/tags/api-keys | read
 API key of the newer form | wandb_v1_{w60-100}
writer-api-key | Writer | writer_api writer-api writer.com | app.writer.com/aistudio: delete it | dev.writer.com/home/quickstart
 API key | {a40-64}
zenrows-api-key | ZenRows | zenrows | app.zenrows.com: reset it | docs.zenrows.com
 API key | {h40}
zhipu-api-key | Z.ai | zhipu bigmodel glm_api zai_api z.ai zhipuai | z.ai/manage-apikey/apikey-list: delete it | docs.z.ai/api-reference/introduction
 API key | {h32}.{a16}
aletheia-key | Aletheia | aletheiaapi aletheia_api !aletheia | Aletheia, account settings, API: make a new key, delete the old one | aletheiaapi.com/docs
 API key | {h32} {l32}
aylien-key | AYLIEN | aylien | AYLIEN, account settings, API: make a new key, delete the old one | docs.aylien.com
 application key | {h32} {l32}
dandelion-token | Dandelion | dandelion_api dandelion.eu !dandelion | Dandelion, account settings, API: make a new token, delete the old one | dandelion.eu/docs/
 token | {h32}
lexigram-key | Lexigram | lexigram | Lexigram, account settings, API: make a new key, delete the old one | docs.lexigram.io
 API key | {a301} {b200-400}
moderatecontent-key | ModerateContent | moderatecontent moderate_content moderation_api | ModerateContent, account settings, API: make a new key, delete the old one | moderatecontent.com
 API key | {h32} {uuid}
paralleldots-key | ParallelDots | paralleldots parallel_dots | ParallelDots, account settings, API: make a new key, delete the old one | www.paralleldots.com/text-analysis-apis
 API key | {a43} {a32-44}
crawlbase-token | Crawlbase | crawlbase proxycrawl | Crawlbase, account settings, API: make a new token, delete the old one | crawlbase.com/docs/
 token | {b22}
salad-key | Salad | salad_cloud saladcloud salad.com | Salad, account settings, API: make a new key, delete the old one | docs.salad.com
 API key | {uuid} salad_cloud_user_{a60-110}
scrapeowl-key | ScrapeOwl | scrapeowl scrape_owl | ScrapeOwl, account settings, API: make a new key, delete the old one | scrapeowl.com/docs
 API key | {a30} {l30}
scraperbox-token | ScraperBox | scraperbox scraper_box | ScraperBox, account settings, API: make a new token, delete the old one | scraperbox.com
 API token | {u32} {a32}
scrapersite-key | ScraperSite | scrapersite scraper_site | ScraperSite, account settings, API: make a new key, delete the old one | scrapersite.com
 API key | {a45}
sentiment-key | Sentiment | sentim sentiment_api twinword | Sentiment, account settings, API: make a new key, delete the old one | rapidapi.com
 API key | {a20}
serphouse-token | SERPHouse | serphouse | SERPHouse, account settings, API: make a new token, delete the old one | docs.serphouse.com
 API token | {a60}
sigopt-token | SigOpt | sigopt | SigOpt, account settings, API: make a new token, delete the old one | docs.sigopt.com
 API token | {u48}
skybiometry-secret | SkyBiometry | skybiometry | SkyBiometry, account settings, API: make a new secret, delete the old one | skybiometry.com/documentation/
 API key or secret | {l25-26}
speechtextai-key | SpeechText.AI | speechtextai speechtext_ai speechtext.ai | SpeechText.AI, account settings, API: make a new key, delete the old one | speechtext.ai/speech-recognition-api
 key | {h32}
text2data-key | Text2Data | text2data | Text2Data, account settings, API: make a new key, delete the old one | text2data.com
 private key | {uuid}
voicegain-secret | Voicegain | voicegain | Voicegain, account settings, API: make a new secret, delete the old one | docs.voicegain.ai
 JWT secret | {b60-800}
webscraper-token | Web Scraper | webscraper.io webscraper web_scraper | Web Scraper, account settings, API: make a new token, delete the old one | webscraper.io/documentation
 API token | {a60}
wit-ai-token | Wit.ai | witai wit.ai wit_ai | Wit.ai, account settings, API: make a new token, delete the old one | wit.ai/docs
 server access token | {u32}
meaningcloud-key | MeaningCloud | meaningcloud meaning_cloud | MeaningCloud, account settings, API: make a new key, delete the old one | www.meaningcloud.com/developer/documentation
 license key | {h32}
revai-token | Rev AI | revai rev_ai rev.ai | Rev AI, account settings, API: make a new token, delete the old one | docs.rev.ai
 access token | 02{b58-60} | near
detectlanguage-key | Detect Language | detect+language detectlanguage | Detect Language, account settings, API: make a new key, delete the old one | detectlanguage.com/documentation
 API key | {h32}
botpress-token | Botpress | botpress | Botpress, account settings, API: make a new token, delete the old one | botpress.com/docs
 access token | bp_pat_{a36} bp_bak_{b36} bp_wak_{a36}
voiceflow-key | Voiceflow | voiceflow | Voiceflow, account settings, API: make a new key, delete the old one | docs.voiceflow.com/api-reference/authentication
 API key | VF.DM.{h24}.{a16} | read
 workspace key or key of the old form | VF.WS.{h24}.{a16} VF.{h24}.{a16}
ideogram-key | Ideogram | ideogram | Ideogram, account settings, API: make a new key, delete the old one | developer.ideogram.ai
 API key | {b86} {b60-90}
runway-secret | Runway | runwayml runway_api | Runway, account settings, API: make a new secret, delete the old one | docs.dev.runwayml.com/guides/quickstart | read
 API secret | key_{h128} | near
luma-key | Luma AI | lumaai luma_api lumalabs | Luma AI, account settings, API: make a new key, delete the old one | docs.lumalabs.ai
 API key | luma-{uuid}-{uuid}
playht-secret | PlayHT | playht play_ht | PlayHT, account settings, API: make a new secret, delete the old one | docs.play.ht
 API secret | {h32} ak-{h32} | near
speechmatics-key | Speechmatics | speechmatics | Speechmatics, account settings, API: make a new key, delete the old one | docs.speechmatics.com
 API key | {a32}
gladia-key | Gladia | gladia | Gladia, account settings, API: make a new key, delete the old one | docs.gladia.io
 API key | {uuid}
minimax-key | MiniMax | minimax_api minimax_key minimaxi minimax.chat | MiniMax, account settings, API: make a new key, delete the old one | platform.minimax.io/docs
 API key | eyJ{b20-120}.eyJ{b60-900}.{b300-700} sk-api-{b60-140} | near
baichuan-key | Baichuan | baichuan | Baichuan, account settings, API: make a new key, delete the old one | platform.baichuan-ai.com
 API key | sk-{h32} | near
stepfun-key | StepFun | stepfun | StepFun, account settings, API: make a new key, delete the old one | platform.stepfun.com
 API key | {a60-70} {b40-80}
octoai-token | OctoAI | octoai octo_ai | OctoAI, account settings, API: make a new token, delete the old one | octo.ai/docs
 token | eyJ{b20-120}.{b60-900}.{b300-700} | near
lepton-token | Lepton AI | lepton_api lepton_token leptonai | Lepton AI, account settings, API: make a new token, delete the old one | www.lepton.ai/docs
 API token | {a32} {l8}:{a32}
vastai-key | Vast.ai | vastai vast_api vast.ai vast_ai | Vast.ai, account settings, API: make a new key, delete the old one | docs.vast.ai
 API key | {h64}
paperspace-key | Paperspace | paperspace | Paperspace, account settings, API: make a new key, delete the old one | docs.digitalocean.com/reference/paperspace/api-keys/
 API key | {h30} {h32}
clearml-key | ClearML | clearml | ClearML, account settings, API: make a new key, delete the old one | github.com/allegroai/clearml-server/blob/master/apiserver/service_repo/auth/utils.py | read
 secret key | {a50}
neptune-token | neptune.ai | neptune_api neptune_token neptune.ai | neptune.ai, account settings, API: make a new token, delete the old one | github.com/neptune-ai/neptune-client/blob/master/src/neptune/internal/credentials.py
 API token | eyJhcGlfYWRkcmVzcyI6{s60-300}{=} | read
arize-key | Arize | arize_api arize_space arize_key arize.com | Arize, account settings, API: make a new key, delete the old one | docs.arize.com
 API key | {h20} ak-{uuid}-{b20-40} | near
braintrust-key | Braintrust | braintrust | Braintrust, account settings, API: make a new key, delete the old one | www.braintrust.dev/docs
 API key | sk-{a48} {b40-60} | near
traceloop-key | Traceloop | traceloop | Traceloop, account settings, API: make a new key, delete the old one | www.traceloop.com/docs
 API key | {h80} tl_{h32} | near
galileo-key | Galileo | galileo_api galileo_key rungalileo | Galileo, account settings, API: make a new key, delete the old one | docs.galileo.ai
 API key | {b43}
humanloop-key | Humanloop | humanloop | Humanloop, account settings, API: make a new key, delete the old one | humanloop.com/docs
 API key | hl_sk_{h64} hl_sk_{a40-70}
promptlayer-key | PromptLayer | promptlayer | PromptLayer, account settings, API: make a new key, delete the old one | github.com/MagnivOrg/prompt-layer-library/blob/master/README.md | read
 API key | pl_{h32} | near
guardrailsai-token | Guardrails AI | guardrails_token guardrails_api guardrailsai | Guardrails AI, account settings, API: make a new token, delete the old one | www.guardrailsai.com/docs
 API token | eyJ{b20-120}.{b60-900}.{b300-700} | near
litellm-key | LiteLLM | litellm | LiteLLM, account settings, API: make a new key, delete the old one | github.com/BerriAI/litellm/blob/main/docs/my-website/docs/proxy/virtual_keys.md
 proxy key | sk-{b22} | near read
 proxy key of another length | sk-{b20-24} sk-{a32} | near
zep-key | Zep | zep_api zep_key getzep | Zep, account settings, API: make a new key, delete the old one | github.com/getzep/zep-python/blob/main/README.md | read
 API key | z_1dWlk{b40-100}.{b50-100} z_1dWlk.{b50-100}
composio-key | Composio | composio | Composio, account settings, API: make a new key, delete the old one | docs.composio.dev
 API key | {a24-44} ak_{b20} comp_{a40-60} | near
steel-key | Steel | steel_api steel.dev | Steel, account settings, API: make a new key, delete the old one | github.com/steel-dev/steel-python/blob/main/README.md | read
 API key | ste-{a64}
linkup-key | Linkup | linkup_api linkup.so linkup_key | Linkup, account settings, API: make a new key, delete the old one | github.com/LinkupPlatform/linkup-python-sdk/blob/main/README.md | read
 API key | {uuid}
youcom-key | You.com | ydc_api ydc_key you.com | You.com, account settings, API: make a new key, delete the old one | documentation.you.com
 API key | {uuid}<__>{a28-44} ydc-sk-{h16}-{a32}-{h8} | near
kagi-token | Kagi | kagi_api kagi_token kagi.com | Kagi, account settings, API: make a new token, delete the old one | help.kagi.com/kagi/api/overview.html
 API token | {b11}.{b43}
pinecone-api-key | Pinecone | pinecone | Pinecone, account settings, API: make a new one, delete the old one | docs.pinecone.io/docs/authentication | read
 API key of the old form | {uuid}
elevenlabs-api-key | ElevenLabs | elevenlabs eleven_labs xi-api-key xi_api_key eleven_api | ElevenLabs, account settings, API: make a new one, delete the old one | github.com/elevenlabs/elevenlabs-python/blob/main/README.md | read
 API key of the old form | {h32}
together-api-key | Together AI | together_api together_ai togetherai together.xyz !together | Together AI, account settings, API: make a new one, delete the old one | github.com/togethercomputer/together-python/blob/main/README.md | read
 API key of the old form | {h64}
azure-openai-key | Azure AI services | azure_openai azure_cognitive cognitive_services ocp-apim-subscription cognitiveservices.azure azure_speech azure_vision azure_translator | Azure AI services, account settings, API: make a new one, delete the old one | learn.microsoft.com/en-us/purview/sit-defn-azure-cognitive-service-key | read
 key of the old form | {h32}
context7-key | Context7 | context7 | context7.com/dashboard: delete it | context7.mintlify.dev/docs/howto/api-keys | read
 API key | ctx7sk-{uuid} | sure
context7-key | Context7 | context7 | Context7 on premises, Personal settings, API keys: delete it | context7.mintlify.dev/docs/enterprise/api/authentication.md | read
 API key of an instance on premises | ctx7op-{a8}_{a16-64}
`;
