namespace FluxRestful.Tests.Api.Access.Matrix;

/// <summary>
/// Who gets which status on which route. A cell has one status, or three where the route is about something: one's own, somebody else's, and one that is
/// not there. <c>-</c> is not asked. The last column is what is sent. A tenant that may see others' has no third word but 404 for what nobody has.
/// </summary>
internal static class RouteMatrix
{
    // The scope is the one that a personal token needs; without one no narrowed token gets in.
    private const string Table = """
        route                                            | scope        | anonymous | viewer      | user        | operator    | superuser   | body

        GET    /api/v1/                                  | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/health                            | anonymous    | 200       | 200         | 200         | 200         | 200
        GET    /api/v1/resources                         | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/nodes                             | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/nodes/{rank:int}                  | cluster:read | 401       | 200 - 404   | 200 - 404   | 200 - 404   | 200 - 404
        POST   /api/v1/nodes/drain                       |              | 401       | 403         | 403         | 400         | 400         | {"targets":"7","reason":"matrix"}
        POST   /api/v1/nodes/undrain                     |              | 401       | 403         | 403         | 400         | 400         | {"targets":"7"}
        GET    /api/v1/queues                            | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/queues/{name}                     | cluster:read | 401       | 200 - 404   | 200 - 404   | 200 - 404   | 200 - 404
        POST   /api/v1/queues/{name}/start               |              | 401       | 403 - 403   | 403 - 403   | 204 - 404   | 204 - 404
        POST   /api/v1/queues/{name}/stop                |              | 401       | 403 - 403   | 403 - 403   | 400 - 400   | 400 - 400   | {"reason":""}
        POST   /api/v1/queues/{name}/enable              |              | 401       | 403 - 403   | 403 - 403   | 204 - 404   | 204 - 404
        POST   /api/v1/queues/{name}/disable             |              | 401       | 403 - 403   | 403 - 403   | 400 - 400   | 400 - 400   | {"reason":""}
        POST   /api/v1/service/stop                      |              | 401       | 403         | 403         | 403         | -

        GET    /api/v1/jobs                              | jobs:read    | 401       | 200         | 200         | 200         | 200
        POST   /api/v1/jobs                              | jobs:write   | 401       | 403         | 201         | 201         | 201         | {"command":["true"]}
        POST   /api/v1/jobs/bulk                         | jobs:write   | 401       | 403         | 207         | 207         | 207         | {"jobs":[{"command":["true"]}]}
        GET    /api/v1/events                            | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/jobs/{id}                         | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /api/v1/jobs/{id}/jobspec                 | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /api/v1/jobs/{id}/R                       | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /api/v1/jobs/{id}/eventlog                | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /api/v1/jobs/{id}/events                  | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /api/v1/jobs/{id}/output                  | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        DELETE /api/v1/jobs/{id}                         | jobs:write   | 401       | 403 403 403 | 202 404 404 | 202 202 404 | 202 202 404
        POST   /api/v1/jobs/{id}/signal                  | jobs:write   | 401       | 403 403 403 | 409 404 404 | 409 409 404 | 409 409 404 | {"signal":"SIGUSR1"}
        POST   /api/v1/jobs/{id}/hold                    | jobs:write   | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /api/v1/jobs/{id}/release                 | jobs:write   | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /api/v1/jobs/{id}/urgency                 | jobs:write   | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404 | {"urgency":1}
        POST   /api/v1/jobs/{id}/update                  | jobs:write   | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404 | {"duration":"10m"}
        POST   /api/v1/jobs/{id}/memo                    | jobs:write   | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404 | {"seen":"yes"}
        POST   /api/v1/jobs/cancel                       | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"]}
        POST   /api/v1/jobs/signal                       | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"],"signal":"SIGUSR1"}
        POST   /api/v1/jobs/hold                         | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"]}
        POST   /api/v1/jobs/release                      | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"]}
        POST   /api/v1/jobs/urgency                      | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"],"urgency":1}
        POST   /api/v1/jobs/update                       | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"],"duration":"10m"}
        POST   /api/v1/jobs/memo                         | jobs:write   | 401       | 403 403 403 | 207 207 207 | 207 207 207 | 207 207 207 | {"ids":["ID"],"memo":{"seen":"yes"}}

        GET    /api/v1/cluster/history                   | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/usage                             | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /api/v1/audit                             |              | 401       | 403         | 403         | 403         | 200
        GET    /api/v1/account                           |              | 401       | 200         | 200         | 200         | 200
        PUT    /api/v1/account/password                  |              | 401       | 400         | 400         | 400         | 400         | {"currentPassword":"x"}
        GET    /api/v1/users                             | users:admin  | 401       | 403         | 403         | 403         | 200
        POST   /api/v1/users                             | users:admin  | 401       | 403         | 403         | 403         | 400         | {"name":""}
        GET    /api/v1/users/{name}                      | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 200 200 404
        PATCH  /api/v1/users/{name}                      | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 409 200 404 | {"disabled":true}
        POST   /api/v1/users/{name}/password             |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | -   200 404 | {}
        DELETE /api/v1/users/{name}                      | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 409 200 404

        POST   /api/v1/token                             | anonymous    | 400       | 400         | 400         | 400         | 400
        POST   /api/v1/token/revoke                      | anonymous    | 400       | 400         | 400         | 400         | 400
        POST   /api/v1/token/sign-out-everywhere         |              | 401       | 204         | 204         | 204         | 204
        GET    /api/v1/account/tokens                    |              | 401       | 200         | 200         | 200         | 200
        POST   /api/v1/account/tokens                    |              | 401       | 400         | 400         | 400         | 400         | {"name":"x"}
        DELETE /api/v1/account/tokens/{id:int}           |              | 401       | 204 404 404 | 204 404 404 | 204 404 404 | 204 404 404
        GET    /api/v1/account/sessions                  |              | 401       | 200         | 200         | 200         | 200
        DELETE /api/v1/account/sessions                  |              | 401       | 204         | 204         | 204         | 204
        DELETE /api/v1/account/sessions/{id:int}         |              | 401       | 204 404 404 | 204 404 404 | 204 404 404 | 204 404 404
        GET    /api/v1/users/{name}/tokens               | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 200 200 404
        DELETE /api/v1/users/{name}/tokens/{id:int}      | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 404 404 404
        POST   /api/v1/users/{name}/revoked-tokens       | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400 | {"issuer":"x","jti":"y"}
        POST   /api/v1/users/{name}/sign-out-everywhere  | users:admin  | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 204 204 404

        POST   /v1/token                                 | anonymous    | 400       | 400         | 400         | 400         | 400
        POST   /v1/login/access-token                    | anonymous    | 422       | 422         | 422         | 422         | 422
        GET    /v1/jobs                                  | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /v1/jobs/search                           | jobs:read    | 401       | 200         | 200         | 200         | 200
        POST   /v1/jobs/submit                           | jobs:write   | 401       | 400         | 200         | 200         | 200         | {"command":"true"}
        GET    /v1/jobs/{jobid}                          | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /v1/jobs/{jobid}/cancel                   | jobs:write   | 401       | 400 400 400 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /v1/jobs/{jobid}/output                   | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /v1/jobs/{jobid}/output/stream            | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /v1/nodes                                 | cluster:read | 401       | 200         | 200         | 200         | 200
        POST   /v1/service/stop                          |              | 401       | 400         | 400         | 400         | -

        GET    /                                         | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /ui/overview                              | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /cluster                                  | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /ui/cluster                               | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /about                                    | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /ui/history                               | cluster:read | 401       | 200         | 200         | 200         | 200
        GET    /usage                                    | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /usage.csv                                | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /jobs                                     | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /ui/jobs                                  | jobs:read    | 401       | 200         | 200         | 200         | 200
        POST   /ui/jobs/look                             | jobs:read    | 401       | 400         | 400         | 400         | 400
        GET    /jobs/export                              | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /ui/events                                | jobs:read    | 401       | 200         | 200         | 200         | 200
        GET    /jobs/{id}                                | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /job/{id}                                 | jobs:read    | 401       | 301 301 301 | 301 301 301 | 301 301 301 | 301 301 301
        GET    /ui/jobs/{id}                             | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /ui/jobs/{id}/output                      | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /ui/jobs/{id}/output/live                 | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /ui/jobs/{id}/output/found                | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /jobs/{id}/output.txt                     | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /jobs/{id}/jobspec.json                   | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /jobs/{id}/R.json                         | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /jobs/{id}/signal                         |              | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /jobs/{id}/signal                         | jobs:write   | 401       | 403 403 403 | 400 400 400 | 400 400 400 | 400 400 400
        GET    /jobs/{id}/urgency                        |              | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /jobs/{id}/urgency                        | jobs:write   | 401       | 403 403 403 | 400 400 400 | 400 400 400 | 400 400 400
        GET    /jobs/{id}/limit                          |              | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /jobs/{id}/limit                          | jobs:write   | 401       | 403 403 403 | 400 400 400 | 400 400 400 | 400 400 400
        GET    /jobs/{id}/memo                           |              | 401       | 403 403 403 | 200 404 404 | 200 200 404 | 200 200 404
        POST   /jobs/{id}/memo                           | jobs:write   | 401       | 403 403 403 | 400 400 400 | 400 400 400 | 400 400 400
        GET    /jobs/{id}/output.txt.gz                  | jobs:read    | 401       | 200 404 404 | 200 404 404 | 200 200 404 | 200 200 404
        GET    /jobs/submit                              | jobs:write   | 401       | 403         | 200         | 200         | 200
        POST   /jobs/submit                              | jobs:write   | 401       | 403         | 400         | 400         | 400
        POST   /ui/submit/check                          | jobs:write   | 401       | 403         | 400         | 400         | 400
        POST   /ui/submit/variables                      | jobs:write   | 401       | 403         | 400         | 400         | 400
        GET    /jobs/cancel                              |              | 401       | 403         | 200         | 200         | 200
        POST   /jobs/cancel                              | jobs:write   | 401       | 403         | 400         | 400         | 400
        POST   /jobs/submit/preset                       | jobs:write   | 401       | 403         | 400         | 400         | 400
        GET    /account                                  |              | 401       | 200         | 200         | 200         | 200
        POST   /account/password                         |              | 401       | 400         | 400         | 400         | 400
        GET    /account/tokens                           |              | 401       | 200         | 200         | 200         | 200
        POST   /account/tokens                           |              | 401       | 400         | 400         | 400         | 400
        GET    /account/tokens/{id:int}/revoke           |              | 401       | 200 404 404 | 200 404 404 | 200 404 404 | 200 404 404
        POST   /account/tokens/{id:int}/revoke           |              | 401       | 400 400 400 | 400 400 400 | 400 400 400 | 400 400 400
        POST   /account/sessions/{id:int}/end            |              | 401       | 400 400 400 | 400 400 400 | 400 400 400 | 400 400 400
        POST   /account/sessions/end-others              |              | 401       | 400         | 400         | 400         | 400
        POST   /account/sign-out-everywhere              |              | 401       | 400         | 400         | 400         | 400
        GET    /account/preferences                      |              | 401       | 200         | 200         | 200         | 200
        POST   /account/preferences                      |              | 401       | 400         | 400         | 400         | 400
        GET    /admin/users                              |              | 401       | 403         | 403         | 403         | 200
        GET    /admin/new-user                           |              | 401       | 403         | 403         | 403         | 200
        POST   /admin/users                              |              | 401       | 403         | 403         | 403         | 400
        GET    /admin/users/{name}                       |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 200 200 404
        POST   /admin/users/{name}/role                  |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        POST   /admin/users/{name}/limits                |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        POST   /admin/users/{name}/disabled              |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        POST   /admin/users/{name}/password              |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        POST   /admin/users/{name}/view                  |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        POST   /admin/users/{name}/delete                |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        GET    /admin/audit                              |              | 401       | 403         | 403         | 403         | 200
        GET    /admin/system                             |              | 401       | 403         | 403         | 403         | 200
        POST   /admin/system/queues/{name}               |              | 401       | 403 403 403 | 403 403 403 | 403 403 403 | 400 400 400
        POST   /admin/system/drain                       |              | 401       | 403         | 403         | 403         | 400
        POST   /admin/system/undrain                     |              | 401       | 403         | 403         | 403         | 400
        POST   /admin/system/announcement                |              | 401       | 403         | 403         | 403         | 400
        POST   /admin/system/stop                        |              | 401       | 403         | 403         | 403         | 400
        GET    /login                                    | anonymous    | 200       | 200         | 200         | 200         | 200
        POST   /login                                    | anonymous    | 400       | 400         | 400         | 400         | 400
        GET    /logout                                   | any          | 401       | 200         | 200         | 200         | 200
        POST   /logout                                   | any          | 401       | 400         | 400         | 400         | 400
        POST   /ui/view-as/end                           | any          | 401       | 400         | 400         | 400         | 400
        POST   /ui/theme                                 | any          | 401       | 400         | 400         | 400         | 400
        GET    /health                                   | anonymous    | 200       | 200         | 200         | 200         | 200
        GET    /docs/exact-numbers.js                    | anonymous    | 200       | 200         | 200         | 200         | 200
        GET    /docs/{**path}                            | anonymous    | 404       | 404         | 404         | 404         | 404
        HEAD   /openapi/{documentName}.json              | anonymous    | 404       | 404         | 404         | 404         | 404
        GET    /openapi/{documentName}.json              | anonymous    | 404       | 404         | 404         | 404         | 404
        GET    /assets/{fingerprint}/{**name}            | anonymous    | 404       | 404         | 404         | 404         | 404
        """;
    // A page's form without its token is refused, but only to whoever may send it.

    internal static IReadOnlyList<RouteRow> Rows { get; } =
        [.. Table.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0).Select(RouteRow.Parse)];
}
