using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Core.Jobs.Scripts;

/// <summary>What a script asks for by its directives, in the words of flux-batch(1).</summary>
/// <param name="Request">What belongs into a jobspec; the command is empty.</param>
/// <param name="Urgency">What goes beside it.</param>
public sealed record ScriptDefaults(JobRequest Request, int? Urgency)
{
    /// <summary>Reads the directives; the script itself is in the request that comes out.</summary>
    /// <exception cref="JobRequestException">The script has no <c>#!</c>, ends its first line with CR LF, or has a directive that is none; the line is named.</exception>
    public static ScriptDefaults Read(JobScript script)
    {
        if (!script.Text.StartsWith("#!", StringComparison.Ordinal))
        {
            throw new JobRequestException(nameof(JobRequest.Script), "Line 1: A script must begin with #!.");
        }

        if (script.Text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end && script.Text[end - 1] == '\r')
        {
            // The system would look for an interpreter whose name ends with CR.
            throw new JobRequestException(nameof(JobRequest.Script), "Line 1: It ends with CR LF; a script has LF alone.");
        }

        var options = new ScriptOptions(script);
        try
        {
            foreach (var directive in ScriptDirectives.Read(script.Text))
            {
                options.Take(directive);
            }
        }
        catch (ScriptException wrong)
        {
            throw wrong.ToRequestException();
        }

        return options.ToDefaults();
    }
}
