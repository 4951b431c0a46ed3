using FluxRestful.Api.Hosting;
using FluxRestful.Api.Passwords;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class PasswordHasherTests
{
    private readonly PasswordHasher _hasher = new(new ServerOptions { SecretKey = "x", DataDirectory = "/nowhere", PasswordCost = 4 });

    [Fact]
    public void A_password_verifies_against_its_hash_only()
    {
        var hash = _hasher.Hash("password");
        Assert.True(PasswordHasher.Verify("password", hash));
        Assert.False(PasswordHasher.Verify("Password", hash));
        Assert.False(PasswordHasher.Verify("", hash));
    }

    // Made by crypt(3), of the kind that passlib writes into a flux-restful-api database.
    [Theory]
    [InlineData("peenut", "$2b$05$abcdefghijklmnopqrstuu5vIs58kTlnTLS2B4tSBej.BQCQ2X/vK")]
    [InlineData("pénut", "$2b$04$abcdefghijklmnopqrstuu9CH0xldVk611FGTyBljJ.c///ahAaCi")]
    public void A_hash_of_the_predecessor_is_understood(string password, string hash)
    {
        Assert.True(PasswordHasher.Verify(password, hash));
        Assert.False(PasswordHasher.Verify(password + "x", hash));
    }

    [Fact]
    public void What_bcrypt_would_not_read_is_refused_and_never_verifies()
    {
        var longest = new string('x', 72);
        Assert.True(PasswordHasher.Verify(longest, _hasher.Hash(longest)));
        Assert.False(PasswordHasher.Verify(longest + "y", _hasher.Hash(longest)));
        Assert.False(PasswordHasher.Verify("pass\0word", _hasher.Hash("pass")));
        Assert.Throws<ArgumentException>(() => _hasher.Hash(longest + "y"));
        Assert.Throws<ArgumentException>(() => _hasher.Hash("pass\0word"));
        Assert.Throws<ArgumentException>(() => _hasher.Hash(""));
        Assert.Throws<ArgumentException>(() => _hasher.Hash(new string('ä', 37)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("$2b$05$short")]
    [InlineData("$1$abc$def")]
    public void An_account_without_a_real_hash_cannot_be_signed_in_to(string hash) => Assert.False(PasswordHasher.Verify("password", hash));

    [Fact]
    public void Nobodys_hash_costs_as_much_as_everybodys() => Assert.Equal(_hasher.Hash("x")[..7], _hasher.NobodysHash[..7]);
}
