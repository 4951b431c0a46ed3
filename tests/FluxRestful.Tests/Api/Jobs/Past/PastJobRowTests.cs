using System.Reflection;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Api.Jobs.Past;

public sealed class PastJobRowTests
{
    private static readonly JobRecord Whole = new()
    {
        Id = new(ulong.MaxValue - 5),
        UserId = uint.MaxValue,
        Urgency = 31,
        Priority = 4294967295,
        State = JobState.Inactive,
        StatesSeen = JobState.New | JobState.Run | JobState.Inactive,
        TSubmit = 1764000000.123456,
        TDepend = 1,
        TPriority = 2,
        TSched = 3,
        TRun = 4,
        TCleanup = 5,
        TInactive = 1764000001.5,
        Name = "n",
        Command = "n -x",
        Tags = "a\nb c",
        Cwd = "/tmp",
        Queue = "q",
        Project = "p",
        Bank = "b",
        NTasks = 1,
        NCores = 2,
        NGpus = 3,
        NNodes = 4,
        Duration = 60,
        Ranks = "[0-3]",
        NodeList = "h[0-3]",
        Expiration = 9,
        Annotations = """{"user":{"note":"x"}}""",
        Dependencies = ["after-success=f1", "begin-time=2"],
        WaitStatus = 256,
        Success = true,
        Exception = new("cancel", 0, "why"),
        Result = JobResult.Failed,
    };

    [Fact]
    public void All_that_a_record_says_is_in_the_row()
    {
        var absent = new JobRecord { Id = new(1), State = JobState.Active };
        foreach (var property in typeof(JobRecord).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            // Whoever adds one says here, and in the row, what becomes of it.
            Assert.True(!Equals(property.GetValue(Whole), property.GetValue(absent)), property.Name);
        }

        var entry = new JobEntry(Whole, new JobMark("alice", Guid.NewGuid()), JobOwner.Tenant(3));
        AssertSame(entry with { IsPurged = true }, PastJobRow.Read(PastJobRow.Of(entry)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void What_a_record_does_not_say_is_not_in_the_row(bool isClaimed, bool hasNoMoreDependencies)
    {
        var record = new JobRecord { Id = new(1), State = JobState.Inactive, StatesSeen = JobState.New, TSubmit = 1, TInactive = 2, Dependencies = hasNoMoreDependencies ? [] : null };
        var entry = isClaimed ? new JobEntry(record, new JobMark("bob", Guid.NewGuid()), JobOwner.Claim("bob")) : new JobEntry(record, null, JobOwner.Nobody);
        AssertSame(entry with { IsPurged = true }, PastJobRow.Read(PastJobRow.Of(entry)));
    }

    [Fact]
    public void A_copy_of_somebodys_job_stays_nobodys()
    {
        var copied = new JobEntry(Whole, new JobMark("alice", Guid.NewGuid()), JobOwner.Nobody);
        var read = PastJobRow.Read(PastJobRow.Of(copied));
        Assert.Equal((JobOwner.Nobody, null, null), (read.Owner, read.OwnerName, read.Mark));
    }

    private static void AssertSame(JobEntry expected, JobEntry actual)
    {
        Assert.Equal(expected.Record.Dependencies, actual.Record.Dependencies);
        Assert.Equal(expected, actual with { Record = actual.Record with { Dependencies = expected.Record.Dependencies } });
    }
}
