using System.Text.Json.Serialization;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Faults;

namespace OpenAIWorker.Emulator.Control;

sealed record Health(string Status);

sealed record Problem(string Message);

sealed record JobBill(string Job, int Billed);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Bill))]
[JsonSerializable(typeof(JobBill))]
[JsonSerializable(typeof(LimitSetting))]
[JsonSerializable(typeof(FaultRule[]))]
sealed partial class ControlJson : JsonSerializerContext;
