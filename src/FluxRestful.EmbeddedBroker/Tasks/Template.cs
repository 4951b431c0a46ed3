using System.Globalization;
using System.Text;
using FluxRestful.Core.Jobs;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>Expands the <c>{{tags}}</c> of a job's arguments and file names. An unknown tag stays as it is.</summary>
internal sealed class Template(JobId id, string name, int tasks, string temporaryDirectory)
{
    public string Expand(string text, int? taskRank = null)
    {
        var expanded = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf("{{") is var open && open >= 0 && rest[open..].IndexOf("}}") is var length && length > 0)
        {
            expanded.Append(rest[..open]);
            var tag = rest.Slice(open + 2, length - 2);
            if (ValueOf(tag.ToString(), taskRank) is { } value)
            {
                expanded.Append(value);
            }
            else
            {
                expanded.Append(rest.Slice(open, length + 2));
            }

            rest = rest[(open + length + 2)..];
        }

        return expanded.Append(rest).ToString();
    }

    private string? ValueOf(string tag, int? taskRank) => tag switch
    {
        // As in a UTF-8 locale (surprise 57).
        "id" or "jobid" or "id.f58" or "jobid.f58" => id.ToString(JobIdFormat.F58Unicode),
        "id.f58plain" or "jobid.f58plain" => id.ToString(JobIdFormat.F58),
        "id.dec" or "jobid.dec" => id.ToString(JobIdFormat.Dec),
        "id.hex" or "jobid.hex" => id.ToString(JobIdFormat.Hex),
        "id.dothex" or "jobid.dothex" => id.ToString(JobIdFormat.DotHex),
        "id.words" or "jobid.words" => id.ToString(JobIdFormat.Words),
        "name" => name,
        "size" => tasks.ToString(CultureInfo.InvariantCulture),
        "nnodes" => "1",
        "node.id" => "0",
        "tmpdir" => temporaryDirectory,
        "taskid" or "task.id" or "task.rank" or "task.index" when taskRank is not null => taskRank.Value.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
