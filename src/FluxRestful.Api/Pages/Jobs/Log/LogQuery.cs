using System.Text.RegularExpressions;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Endpoints;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>From an address to the query of the output service, which the API asks too.</summary>
internal static class LogQuery
{
    internal const int LongestPattern = 200;

    /// <param name="errors">By the names of the form's fields; what is wrong is left out of the query.</param>
    internal static OutputQuery Read(LogAddress address, int limit, Dictionary<string, string[]> errors)
    {
        var end = LogAddress.Number(address.Before);
        var first = end is null && address.Before != "end" ? LogAddress.Number(address.From) : null;
        var isPattern = address.Pattern == "1";
        var asked = (int)Math.Min(limit, LogAddress.Number(address.Limit) ?? limit);
        var query = OutputParameters.Read(
            errors,
            first,
            address.Before == "end" ? null : asked,
            address.Before == "end" ? asked : null,
            end,
            address.Stream is "stdout" or "stderr" ? address.Stream : null,
            string.IsNullOrWhiteSpace(address.Rank) ? null : address.Rank.Trim(),
            isPattern || !address.HasSearch ? null : address.Search,
            address.Case != "1",
            address.Whole == "1" ? LogAddress.WholeWidth : LogAddress.Width);
        query = query with { IsForScreen = true };
        query = errors.ContainsKey("search") ? query with { Search = null } : query;
        return isPattern && address.HasSearch ? query with { Pattern = ReadPattern(address, errors) } : query;
    }

    // The engine that does not go back takes a time that grows with the text alone; what needs going back it does not have.
    private static Regex? ReadPattern(LogAddress address, Dictionary<string, string[]> errors)
    {
        if (address.Search!.Length > LongestPattern)
        {
            errors["search"] = [$"A regular expression has at most {LongestPattern} characters here."];
            return null;
        }

        try
        {
            return new Regex(
                address.Search,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (address.Case == "1" ? RegexOptions.None : RegexOptions.IgnoreCase),
                OutputSearch.LongestMatch);
        }
        catch (ArgumentException wrong)
        {
            errors["search"] = [$"This is no regular expression: {wrong.Message}"];
        }
        catch (NotSupportedException)
        {
            errors["search"] = ["Not in regular expressions here: looking ahead or behind, references back, atomic groups, and very large counts."];
        }

        return null;
    }
}
