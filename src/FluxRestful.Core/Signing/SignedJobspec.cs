namespace FluxRestful.Core.Signing;

/// <summary>What J says about itself; nothing of it is verified.</summary>
/// <param name="UserId">Who claims to have signed.</param>
/// <param name="Mechanism">How: none, munge or curve.</param>
/// <param name="Jobspec">The jobspec's bytes.</param>
/// <param name="Signature">The third part, whatever it is.</param>
public sealed record SignedJobspec(long UserId, string Mechanism, ReadOnlyMemory<byte> Jobspec, string Signature);
