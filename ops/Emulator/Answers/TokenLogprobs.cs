using System.Text;
using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>Log probabilities of a text, in the form that Chat Completions and Responses share.</summary>
static class TokenLogprobs
{
    public static void Write(Utf8JsonWriter json, string text, int alternatives)
    {
        json.WriteStartArray();
        foreach (var token in text.Chunk(Tokens.CharactersEach).Select(letters => new string(letters)))
        {
            json.WriteStartObject();
            WriteToken(json, token, logprob: -0.01);
            json.WriteStartArray("top_logprobs");
            for (var rank = 0; rank < alternatives; rank++)
            {
                json.WriteStartObject();
                WriteToken(json, rank == 0 ? token : $"{token}{rank}", logprob: -0.01 - (4 * rank));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteToken(Utf8JsonWriter json, string token, double logprob)
    {
        json.WriteString("token", token);
        json.WriteNumber("logprob", logprob);
        json.WriteStartArray("bytes");
        foreach (var octet in Encoding.UTF8.GetBytes(token))
        {
            json.WriteNumberValue(octet);
        }

        json.WriteEndArray();
    }
}
