using System.Text.Json;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>What can be known of a request that does not fit its contract.</summary>
sealed record KnownMembers(bool IsObject, string? JobId, string? Model)
{
    public static KnownMembers Of(byte[] body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            // MassTransit's envelope has the request inside.
            var request = json.Member("message") is { ValueKind: JsonValueKind.Object } inside && json.Member("messageType") is not null ? inside : json;
            return new(request.ValueKind == JsonValueKind.Object, request.Text("jobId"), request.Text("model"));
        }
        catch (JsonException)
        {
            return new(false, null, null);
        }
    }
}
