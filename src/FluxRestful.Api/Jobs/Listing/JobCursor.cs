using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>
/// Where a page ended: the place of its last job, not a number of rows, so that what comes and goes before it does not matter. Whoever forges one gets a
/// page that begins elsewhere, of the same jobs: it says nothing about whose.
/// </summary>
/// <param name="Order">What the list is ordered by.</param>
/// <param name="Descending">From the end.</param>
/// <param name="Now">The moment for which the first page was made, in seconds since 1970: how long a job runs is told as of then.</param>
/// <param name="Last">The place of the last job shown.</param>
internal sealed record JobCursor(ListOrder Order, bool Descending, double Now, JobPlace Last)
{
    private const int Longest = 4096;
    private const char Separator = '\n';

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(
        Separator, "1", Order.Name, Descending ? "-" : "+", Text(Now), Text(Last.Key.Number), Last.Id.ToString(CultureInfo.InvariantCulture), Last.Key.Text)));

    public static bool TryParse(string text, [NotNullWhen(true)] out JobCursor? cursor)
    {
        cursor = null;
        if (text.Length > Longest || !Base64Url.IsValid(text))
        {
            return false;
        }

        if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator, 7) is not ["1", var name, var direction and ("+" or "-"), var now, var number, var id, var key]
            || ListOrder.Find(name) is not { } order || !TryNumber(now, out var at) || !double.IsFinite(at) || !TryNumber(number, out var value) || double.IsNaN(value)
            || !ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return false;
        }

        cursor = new(order, direction == "-", at, new(new(value, key), last));
        return true;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
