using FluxRestful.Api.Restful.Answers;

namespace FluxRestful.Api.Restful.Documents;

/// <summary>The parameters and answers of <c>/v1</c> in words.</summary>
internal static class RestfulDocs
{
    public const string JobIdDescription = "The job's id in any way Flux writes it: 123, f38, 0x7b and so on.";

    private static readonly AnswerDoc Malformed =
        new(422, "A parameter is not of its type, or the job id is malformed; each is named.", typeof(RestfulFieldErrors));

    private static readonly AnswerDoc Unknown = new(404, "There is no such job among the tenant's own.", typeof(RestfulAnswer), """
        {"Message": "There is no job with this id.", "detail": "There is no job with this id."}
        """);

    private static readonly AnswerDoc Away = new(503, "The broker is away; Retry-After says when to try again.", typeof(RestfulDetail));
    private static readonly AnswerDoc WrongLogin = new(400, "The credentials are wrong, or the account is disabled.", typeof(RestfulDetail));
    private static readonly AnswerDoc SlowDown = new(429, "Too many failed attempts; Retry-After says when to try again.", typeof(RestfulDetail));
    private static readonly AnswerDoc Busy = new(503, "Too many sign-ins at once; Retry-After says when to try again.", typeof(RestfulDetail));

    public static RouteDoc List { get; } = new(
        new AnswerDoc(200, "Plain: the records under jobs. With details: an object by id, or a list.", Example: """
            {"jobs": [{"id": 1002062279090372608, "name": "echo", "state": 64, "result": 1, "t_submit": 1795417166.19, "ntasks": 1, "nodelist": "node1"}]}
            """),
        Malformed)
    {
        Parameters =
        [
            new("details", "boolean", "With details: states and results by name, return code, runtime. Also: detail."),
            new("limit", "integer", "How many jobs at most; counts with details only.", Least: 0),
            new("listing", "boolean", "Details as a list instead of an object by id."),
        ],
    };

    public static RouteDoc Search { get; } = new(
        new AnswerDoc(200, "The jobs of the page as data, and how many there are, as DataTables wants it.", Example: """
            {"data": [{"id": 1002062279090372608, "name": "echo", "state": "INACTIVE", "result": "COMPLETED", "returncode": 0, "runtime": 0.27}],
             "draw": 1, "recordsTotal": 1, "recordsFiltered": 1}
            """),
        Malformed)
    {
        Parameters =
        [
            new("search", "string", "A text to find anywhere in a job, in any case. Also: search[value], query."),
            new("start", "integer", "How many jobs to pass over.", Least: 0),
            new("length", "integer", "How many jobs at most; -1 for all.", Least: -1),
            new("sort", "string", "The attribute to sort by, such as id, name, state, t_submit."),
            new("order", "string", "asc or desc."),
            new("draw", "integer", "Comes back as it is. With it, recordsFiltered counts all matching jobs, without it those in the answer."),
        ],
    };

    public static RouteDoc Submit { get; } = new(
        new AnswerDoc(200, "The job's id, a number of 64 bits.", typeof(RestfulSubmitted), """{"Message": "Job submit.", "id": 1002062279090372608}"""),
        new AnswerDoc(400, "No command, or the instance cannot run this: the reasons are in Errors, or in Error in Flux's words.", typeof(RestfulAnswer), """
            {"Message": "Invalid submit request", "Errors": ["The server only has 4 nodes, you requested 100"]}
            """),
        new AnswerDoc(413, "The body is larger than 1 MiB.", typeof(RestfulDetail)),
        new AnswerDoc(415, "The body is neither JSON nor a form.", typeof(RestfulDetail)),
        Malformed,
        Away)
    {
        BodyExample = """{"command": "echo hello world", "num_tasks": 1, "envars": {"GREETING": "hello"}}""",
        Parameters =
        [
            new("command", "string", "The command, split into words like a shell does; repeated, or as a list in JSON: the words themselves."),
            new("num_tasks", "integer", "How many times it runs; as many as nodes if not given, else once.", Least: 1),
            new("cores_per_task", "integer", "Cores for each task.", Least: 1),
            new("gpus_per_task", "integer", "GPUs for each task.", Least: 1),
            new("num_nodes", "integer", "Over how many nodes the tasks are spread.", Least: 1),
            new("exclusive", "boolean", "Whole nodes."),
            new("option_flags", "map", "Options of Flux's job shell: a=b,c=d, or a map."),
            new("envars", "map", "Environment variables: a map, or NAME=VALUE, one a line. The job gets these and HOME, USER, LOGNAME, SHELL, PATH, LANG."),
            new("workdir", "string", "The working directory; the account's home if not given."),
            new("runtime", "integer", "The time limit in seconds; 0 is none.", Least: 0),
            new("is_launcher", "boolean", "The command is a workflow manager (nextflow, snakemake) that submits jobs of its own."),
        ],
    };

    public static RouteDoc Job { get; } = new(
        new AnswerDoc(200, "The job with its details. What it does not have is an empty text.", Example: """
            {"id": 1002062279090372608, "name": "echo", "state": "INACTIVE", "result": "COMPLETED", "returncode": 0, "runtime": 0.27, "nodelist": "node1",
             "exception": {"occurred": false, "severity": "", "type": "", "note": ""}}
            """),
        Unknown,
        Malformed);

    public static RouteDoc Cancel { get; } = new(
        new AnswerDoc(200, "The broker was asked to cancel it.", typeof(RestfulAnswer), """
            {"Message": "Job is requested to cancel.", "id": "1002062279090372608"}
            """),
        new AnswerDoc(400, "It has ended already.", typeof(RestfulAnswer), """
            {"Message": "Job cannot be cancelled: [Errno 2] job is inactive.", "id": "1002062279090372608"}
            """),
        Unknown,
        Malformed,
        Away);

    public static RouteDoc Output { get; } = new(
        new AnswerDoc(200, "The lines so far. Or a Message that there are none yet.", typeof(RestfulOutput), """{"Output": ["hello world\n"]}"""),
        Unknown,
        Malformed,
        Away);

    public static RouteDoc Stream { get; } = new(new AnswerDoc(200, "Text, as it is written."), Unknown, Malformed, Away);

    public static RouteDoc Nodes { get; } = new(
        new AnswerDoc(200, "The host name of each broker that is up.", typeof(RestfulNodes), """{"nodes": ["node1", "node2"]}"""), Away);

    public static RouteDoc Stop { get; } = new(
        new AnswerDoc(200, "The instance is shutting down.", typeof(RestfulAnswer), """{"Message": "The Flux instance is shutting down."}"""),
        new AnswerDoc(400, "Not a superuser.", typeof(RestfulDetail)),
        Away);

    public static RouteDoc Exchange { get; } = new(
        new AnswerDoc(200, "The access token.", typeof(RestfulToken)),
        new AnswerDoc(400, "The payload is not signed with the shared key, or the credentials in it are wrong.", typeof(RestfulMessage), """{"Message": "Denied"}"""),
        SlowDown with { Body = typeof(RestfulMessage) },
        Busy with { Body = typeof(RestfulMessage) });

    public static RouteDoc Login { get; } = new(
        new AnswerDoc(200, "The access token.", typeof(RestfulToken)), WrongLogin, new AnswerDoc(422, "A field is missing.", typeof(RestfulFieldErrors)), SlowDown, Busy);
}
