/** Keys of Azure in the forms that carry no signature of their own. Microsoft states them where it classifies data. */
export const azure = `
azure-search-key | Azure AI Search | azure_search search.windows.net azuresearch cognitive_search search_admin | Azure portal, Search service, Keys: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-cognitive-search-api-key | read
 key of the old form | {x32}
azure-functions-key | Azure Functions | azure_function azurewebsites.net function_key functions_key azure_functions | Azure portal, Function app, App keys: renew it | learn.microsoft.com/en-us/purview/sit-defn-azure-function-master-api-key | read
 key of the old form | {s54}==
azure-container-registry-key | Azure Container Registry | azure_container_registry azurecr.io acr_password azure_registry acr_registry | Azure portal, Container registry, Access keys: regenerate the password | learn.microsoft.com/en-us/purview/sit-defn-azure-container-registry-access-key | read
 password of the old form | {s32}
azure-cache-key | Azure Cache for Redis | azure_redis azure_cache redis.cache.windows.net | Azure portal, Cache, Access keys: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-redis-cache-connection-string | read
 key of the old form | {s43}=
azure-batch-key | Azure Batch | azure_batch batch_account batch.azure.com | Azure portal, Batch account, Keys: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-batch-shared-access-key | read
 account key of the old form | {s43}=
azure-maps-key | Azure Maps | azure_maps atlas.microsoft.com azuremaps | Azure portal, Maps account, Authentication: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-maps-subscription-key | read
 subscription key | {b43}
azure-event-grid-key | Azure Event Grid | eventgrid event_grid aeg-sas-key | Azure portal, Topic, Access keys: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-eventgrid-access-key | read
 access key | {s43}=
azure-signalr-key | Azure SignalR | signalr | Azure portal, SignalR, Keys: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-signalr-access-key | read
 access key | {s43}=
azure-iot-key | Azure IoT Hub | iothub iot_hub azure-devices.net azure_iot | Azure portal, IoT Hub, Shared access policies: regenerate the key | learn.microsoft.com/en-us/purview/sit-defn-azure-iot-shared-access-key | read
 key of the old form | {s43}=
azure-service-bus-key | Azure Service Bus | servicebus service_bus eventhub event_hub servicebus.windows.net | Azure portal, Namespace, Shared access policies: regenerate the key | learn.microsoft.com/en-us/purview/sit-defn-azure-service-bus-shared-access-signature | read
 key of the old form | {s43}=
azure-bot-secret | Azure Bot Service | direct_line directline botframework bot_framework webchat_secret bot_secret | Azure portal, Bot, Channels: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-bot-framework-secret-key | read
 channel secret | {b11}.{b3}.{b3}.{b43} {b11}.{b43} | near
azure-ml-key | Azure Machine Learning | azureml azure_ml azure_machine_learning | Azure portal, Machine Learning, Endpoints: regenerate it | learn.microsoft.com/en-us/purview/sit-defn-azure-machine-learning-web-service-api-key | read
 web service key | {s86}==
`;
