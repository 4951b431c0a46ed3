using FluxRestful.Api.Pages.Jobs.List.Export;

namespace FluxRestful.Tests.Api.Pages.Jobs.List.Export;

public sealed class JobCsvTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-n 4", "'-n 4")]
    [InlineData("-128", "-128")]
    [InlineData("+5m", "'+5m")]
    public void A_field_is_quoted_where_it_must_be_and_never_a_formula(string? value, string field) => Assert.Equal(field, JobCsv.Field(value));
}
