using FluxRestful.Api.Pages.Preferences;
using Microsoft.AspNetCore.Http;

namespace FluxRestful.Tests.Api.Pages.Preferences;

public sealed class LookTests
{
    [Fact]
    public void What_was_set_is_read_again()
    {
        var look = new Look(true, true, true, ["id", "node-list"]);
        var context = new DefaultHttpContext();
        look.SetOn(context.Response);
        context.Request.Headers.Cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0];
        var read = Look.Of(context.Request);
        Assert.Equal(look.Columns, read.Columns);
        Assert.Equal(look with { Columns = read.Columns }, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zone=mars&density=%22%3E%3Cscript%3E&columns=%3Cb%3E,UPPER")]
    [InlineData("%ff%00&&==&zone")]
    public void What_nobody_here_wrote_is_the_usual_look(string cookie)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"{Look.Cookie}={cookie}";
        var look = Look.Of(context.Request);
        Assert.Empty(look.Columns);
        Assert.Equal(Look.Usual with { Columns = look.Columns }, look);
    }
}
