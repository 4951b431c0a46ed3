using System.Text.Json.Serialization;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>
/// How requests and responses of the services are written. Members without a value are left out, never null (surprise 27); numbers are numbers.
/// A job id is a signed 64-bit integer there (<see cref="Jobs.JobId.WireValue"/>), never a double (surprise 29).
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(JobAnswer))]
[JsonSerializable(typeof(RaiseRequest))]
[JsonSerializable(typeof(RaiseAllRequest))]
[JsonSerializable(typeof(KillRequest))]
[JsonSerializable(typeof(KillAllRequest))]
[JsonSerializable(typeof(JobBulkResult))]
[JsonSerializable(typeof(UrgencyRequest))]
[JsonSerializable(typeof(UrgencyAnswer))]
[JsonSerializable(typeof(UpdateRequest))]
[JsonSerializable(typeof(MemoRequest))]
[JsonSerializable(typeof(JobWaitResult))]
[JsonSerializable(typeof(GetAttributesRequest))]
[JsonSerializable(typeof(PurgeIdRequest))]
[JsonSerializable(typeof(PurgeRequest))]
[JsonSerializable(typeof(CountAnswer))]
[JsonSerializable(typeof(IdleAnswer))]
[JsonSerializable(typeof(InfoAnswer))]
[JsonSerializable(typeof(AllocQuery))]
[JsonSerializable(typeof(QueueListAnswer))]
[JsonSerializable(typeof(QueueStatusRequest))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(QueueEnableRequest))]
[JsonSerializable(typeof(QueueStartRequest))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(ListIdRequest))]
[JsonSerializable(typeof(ListAttributesAnswer))]
[JsonSerializable(typeof(JobStats))]
[JsonSerializable(typeof(LookupRequest))]
[JsonSerializable(typeof(WatchRequest))]
[JsonSerializable(typeof(UpdateWatchRequest))]
[JsonSerializable(typeof(JournalRequest))]
[JsonSerializable(typeof(ResourceStatus))]
[JsonSerializable(typeof(SchedStatus))]
[JsonSerializable(typeof(DrainRequest))]
[JsonSerializable(typeof(AttributeRequest))]
[JsonSerializable(typeof(AttributeAnswer))]
[JsonSerializable(typeof(AttributeListAnswer))]
[JsonSerializable(typeof(BrokerState))]
[JsonSerializable(typeof(GroupAnswer))]
[JsonSerializable(typeof(ShutdownRequest))]
internal sealed partial class FluxJson : JsonSerializerContext;
