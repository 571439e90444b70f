namespace OpenAIWorker.Payloads;

enum PayloadStoreKind
{
    FileSystem,
    S3,
}
