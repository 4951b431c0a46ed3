using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>A job's urgency.</summary>
/// <param name="Urgency">0 holds it, 16 is usual, 31 puts it first. More than 16 is for operators and superusers.</param>
public sealed record JobUrgency([property: Range(0, 31)] int Urgency);
