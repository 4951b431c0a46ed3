using FluxRestful.Api.Jobs.Ownership;

namespace FluxRestful.Tests.Api.Jobs.Ownership;

public sealed class JobOwnerTests
{
    [Fact]
    public void A_recorded_job_is_its_tenants() =>
        Assert.Equal(JobOwner.Tenant(7), JobOwner.Decide(job: 50, first: 50, "alice", new SubmissionRow(7, 50)));

    [Fact]
    public void A_copy_of_a_recorded_mark_is_nobodys_even_if_it_comes_first() =>
        Assert.Equal(JobOwner.Nobody, JobOwner.Decide(job: 40, first: 40, "alice", new SubmissionRow(7, 50)));

    [Fact]
    public void Without_a_recorded_id_the_first_job_with_the_mark_is_the_one() =>
        Assert.Equal(JobOwner.Tenant(7), JobOwner.Decide(job: 50, first: 50, "alice", new SubmissionRow(7, null)));

    [Fact]
    public void Without_a_recorded_id_a_later_job_with_the_mark_is_a_copy() =>
        Assert.Equal(JobOwner.Nobody, JobOwner.Decide(job: 60, first: 50, "alice", new SubmissionRow(7, null)));

    [Fact]
    public void Without_a_row_the_first_job_is_claimed_in_the_marks_name() =>
        Assert.Equal(JobOwner.Claim("alice"), JobOwner.Decide(job: 50, first: 50, "alice", null));

    [Fact]
    public void Without_a_row_a_later_job_with_the_mark_is_a_copy() =>
        Assert.Equal(JobOwner.Nobody, JobOwner.Decide(job: 60, first: 50, "alice", null));

    [Fact]
    public void The_row_says_whose_it_is_whatever_name_the_mark_has() =>
        Assert.Equal(JobOwner.Tenant(8), JobOwner.Decide(job: 50, first: 50, "alice", new SubmissionRow(8, 50)));
}
