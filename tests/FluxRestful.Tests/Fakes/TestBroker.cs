namespace FluxRestful.Tests.Fakes;

/// <summary>
/// Which broker a server under test has that asks for one of its own: an embedded one, or, to see what of the tests holds on a real Flux too, that of
/// <c>FLUX_TESTS_URI</c>. Tests that count on a broker with as many cores as this machine, or on no jobs but theirs, do not hold there.
/// </summary>
internal static class TestBroker
{
    internal static (string Name, string? Value)[] Settings => Environment.GetEnvironmentVariable("FLUX_TESTS_URI") is { Length: > 0 } uri
        ? [("FLUX_URI", uri)]
        : [("FLUX_URI", null), ("Broker:Mode", "embedded")];
}
