using System.Text.Json;
using System.Text.Json.Serialization;
using FluxRestful.Api.Health;
using FluxRestful.Api.Restful;
using FluxRestful.Contracts;
using FluxRestful.Contracts.Audit;
using FluxRestful.Contracts.Cluster;
using FluxRestful.Contracts.Cluster.History;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Contracts.Jobs.Control;
using FluxRestful.Contracts.Jobs.Output;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Contracts.Tenants;
using FluxRestful.Contracts.Tokens;
using FluxRestful.Contracts.Usage;

namespace FluxRestful.Api.Hosting;

/// <summary>Everything this server writes or reads as JSON.</summary>
[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(BrowserSessionList))]
[JsonSerializable(typeof(CreatedPersonalToken))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobBulkSubmit))]
[JsonSerializable(typeof(JobBulkSubmitted))]
[JsonSerializable(typeof(JobDryRun))]
[JsonSerializable(typeof(IReadOnlyList<JobLogEntry>))]
[JsonSerializable(typeof(JobAction))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(JobSubmit))]
[JsonSerializable(typeof(JobSubmitted))]
[JsonSerializable(typeof(JobSignal))]
[JsonSerializable(typeof(JobUpdate))]
[JsonSerializable(typeof(JobUrgency))]
[JsonSerializable(typeof(JobsCommand))]
[JsonSerializable(typeof(JobsOutcome))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NewPersonalToken))]
[JsonSerializable(typeof(OutsideTokenId))]
[JsonSerializable(typeof(PersonalTokenList))]
[JsonSerializable(typeof(IReadOnlyList<OutputLine>))]
[JsonSerializable(typeof(OutputEnd))]
[JsonSerializable(typeof(OutputPage))]
[JsonSerializable(typeof(OutputSkip))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RestfulDetail))]
[JsonSerializable(typeof(RestfulFieldErrors))]
[JsonSerializable(typeof(RestfulMessage))]
[JsonSerializable(typeof(RestfulToken))]
[JsonSerializable(typeof(CreatedUser))]
[JsonSerializable(typeof(DeletedUser))]
[JsonSerializable(typeof(NewUser))]
[JsonSerializable(typeof(OwnPassword))]
[JsonSerializable(typeof(PasswordReset))]
[JsonSerializable(typeof(ResetPassword))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(UserChange))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(DrainNodes))]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(InstanceInfo))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(Queue))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(QueueReason))]
[JsonSerializable(typeof(Contracts.Cluster.Resources))]
[JsonSerializable(typeof(UndrainNodes))]
[JsonSerializable(typeof(ClusterHistory))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(TokenError))]
[JsonSerializable(typeof(TokenGrant))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenRevocation))]
internal sealed partial class ServerJson : JsonSerializerContext;
