using System.Globalization;
using FluxRestful.Core.Jobs;
using FluxRestful.EmbeddedBroker.Jobs;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>The environment of a task: exactly what its jobspec says, and what a job shell adds. Nothing of the broker's own.</summary>
internal static class TaskEnvironment
{
    private const string TemporaryDirectory = "FLUX_JOB_TMPDIR";

    /// <summary>What tells the processes of a broker's jobs from all others: the beginning of a variable that each of them has.</summary>
    public static string Mark(string brokerDirectory) => $"{TemporaryDirectory}={JobFiles.AllIn(brokerDirectory)}/";

    public static IEnumerable<string> Of(Job job, ShellHost host, int tasks, int rank, string temporaryDirectory)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in job.Jobspec.Environment.Where(variable => IsName(variable.Key)))
        {
            variables[name] = value;
        }

        var id = job.Id.ToString(JobIdFormat.F58Unicode);
        variables["FLUX_URI"] = host.Uri;
        variables["FLUX_JOB_ID"] = id;
        variables["FLUX_JOB_ID_PATH"] = "/" + id;
        variables["FLUX_JOB_SIZE"] = tasks.ToString(CultureInfo.InvariantCulture);
        variables["FLUX_JOB_NNODES"] = "1";
        variables[TemporaryDirectory] = temporaryDirectory;
        variables["FLUX_KVS_NAMESPACE"] = $"job-{job.Id.ToString(JobIdFormat.Dec)}";
        variables["FLUX_TASK_RANK"] = rank.ToString(CultureInfo.InvariantCulture);
        variables["FLUX_TASK_LOCAL_ID"] = rank.ToString(CultureInfo.InvariantCulture);
        variables["CUDA_VISIBLE_DEVICES"] = "-1";
        variables["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID";
        if (variables.ContainsKey("HOSTNAME"))
        {
            variables["HOSTNAME"] = host.HostName;
        }

        return variables.Select(variable => $"{variable.Key}={variable.Value}");
    }

    private static bool IsName(string name) => name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal);
}
