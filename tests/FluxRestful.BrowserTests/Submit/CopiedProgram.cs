using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FluxRestful.BrowserTests.Submit;

/// <summary>Runs what the form gives to copy, as whoever pastes it does, with a token in FLUX_TOKEN.</summary>
internal static class CopiedProgram
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>As the whole Program.cs of a new console project: not even a warning, nullable and with the usual namespaces.</summary>
    internal static async Task<string> CompileAndRunAsync(string token, string program)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            "Copied",
            [CSharpSyntaxTree.ParseText(program), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            Directory.EnumerateFiles(runtime, "System.*.dll").Where(file => !file.Contains(".Native", StringComparison.Ordinal)).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var folder = Directory.CreateTempSubdirectory("flux-restful-copied-");
        try
        {
            var assembly = Path.Combine(folder.FullName, "Copied.dll");
            var made = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(made.Success && !made.Diagnostics.Any(each => each.Severity >= DiagnosticSeverity.Warning), $"{string.Join('\n', made.Diagnostics)}\n{program}");
            await File.WriteAllTextAsync(
                Path.ChangeExtension(assembly, "runtimeconfig.json"),
                $$$"""{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"{{{Environment.Version}}}"} } }""",
                TestContext.Current.CancellationToken);
            return await RunAsync(token, Path.GetFullPath(Path.Combine(runtime, "../../../dotnet")), assembly);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static async Task<string> RunAsync(string token, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["FLUX_TOKEN"] = token } };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return output;
    }
}
