using System.Reflection;
using System.Runtime.CompilerServices;
using FluxRestful.Core.Framing;
using Microsoft.AspNetCore.Http;

namespace FluxRestful.Tests.Conventions;

public sealed class CancellationTests
{
    [Fact]
    public void What_waits_takes_a_cancellation_token()
    {
        var deaf =
            from type in new[] { typeof(FluxMessage).Assembly, typeof(Program).Assembly }.SelectMany(assembly => assembly.GetTypes())
            where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Namespace?.StartsWith("FluxRestful", StringComparison.Ordinal) == true
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where Waits(method.ReturnType) && !method.IsSpecialName && method.Name != nameof(IAsyncDisposable.DisposeAsync)
            where method.GetBaseDefinition().DeclaringType == type && !ImplementsForeignInterface(type, method)
            where !TakesToken(method)
            select $"{type.FullName}.{method.Name}";

        Assert.Empty(deaf);
    }

    private static bool Waits(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    // An HttpContext carries RequestAborted.
    private static bool TakesToken(MethodInfo method) =>
        method.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken) || p.ParameterType == typeof(HttpContext));

    private static bool ImplementsForeignInterface(Type type, MethodInfo method) =>
        !type.IsInterface
        && type.GetInterfaces().Where(i => i.Namespace?.StartsWith("FluxRestful", StringComparison.Ordinal) != true)
            .Any(i => type.GetInterfaceMap(i).TargetMethods.Contains(method));
}
