namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>Who asked for a job, as its jobspec says in <c>attributes.user.restful</c>; only <see cref="JobMarks"/> makes one, and only of a mark that it signed.</summary>
internal readonly record struct JobMark(string Tenant, Guid Request);
