using FluxRestful.Api.Passwords;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class RememberedPasswordsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_password_is_remembered_for_five_minutes()
    {
        var remembered = new RememberedPasswords(_time);
        var digest = remembered.Digest("1", "hash", "password");
        Assert.False(remembered.Contains(digest));
        remembered.Remember(digest);
        _time.Advance(RememberedPasswords.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(remembered.Contains(digest));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(remembered.Contains(digest));
    }

    [Fact]
    public void Account_hash_and_password_all_count()
    {
        var remembered = new RememberedPasswords(_time);
        string[] digests =
        [
            remembered.Digest("1", "hash", "password"),
            remembered.Digest("2", "hash", "password"),
            remembered.Digest("1", "other", "password"),
            remembered.Digest("1", "hash", "other"),
            remembered.Digest("1", "hashp", "assword"),
            remembered.Digest("11:", "hash", "password"),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void A_digest_is_of_one_process_only() =>
        Assert.NotEqual(new RememberedPasswords(_time).Digest("1", "hash", "p"), new RememberedPasswords(_time).Digest("1", "hash", "p"));

    [Fact]
    public void Only_so_many_are_remembered_and_the_oldest_go_first()
    {
        var remembered = new RememberedPasswords(_time);
        for (var account = 0; account <= RememberedPasswords.Most; account++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            remembered.Remember($"digest{account}");
        }

        Assert.False(remembered.Contains("digest0"));
        Assert.True(remembered.Contains("digest1"));
        Assert.True(remembered.Contains($"digest{RememberedPasswords.Most}"));
    }

    [Fact]
    public void What_is_remembered_anew_lives_anew()
    {
        var remembered = new RememberedPasswords(_time);
        remembered.Remember("digest");
        _time.Advance(TimeSpan.FromMinutes(3));
        remembered.Remember("digest");
        _time.Advance(TimeSpan.FromMinutes(3));
        remembered.Remember("another");
        Assert.True(remembered.Contains("digest"));
    }
}
