using LiveServe.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveServe.UnitTests.Serving;

/// <summary>RFC 9110 §13.2.2 as a table: the version is "a", it changed at noon, and it is one o'clock.</summary>
public sealed class PreconditionsTests
{
    private const string Morning = "Wed, 01 Jul 2026 08:00:00 GMT";
    private const string Noon = "Wed, 01 Jul 2026 12:00:00 GMT";
    private const string Later = "Wed, 01 Jul 2026 12:30:00 GMT";
    private const string Tomorrow = "Thu, 02 Jul 2026 12:00:00 GMT";

    private static readonly DateTimeOffset Now = new(2026, 7, 1, 13, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "Holds")]
    // If-Match
    [InlineData("If-Match: \"a\"", "Holds")]
    [InlineData("If-Match: \"b\", \"a\"", "Holds")]
    [InlineData("If-Match: *", "Holds")]
    [InlineData("If-Match: \"b\"", "Failed")]
    [InlineData("If-Match: W/\"a\"", "Failed")]
    [InlineData("If-Match: a", "Failed")]
    [InlineData("If-Match: ", "Failed")]
    // If-Unmodified-Since
    [InlineData($"If-Unmodified-Since: {Noon}", "Holds")]
    [InlineData($"If-Unmodified-Since: {Tomorrow}", "Holds")]
    [InlineData($"If-Unmodified-Since: {Morning}", "Failed")]
    [InlineData("If-Unmodified-Since: yesterday", "Holds")]
    [InlineData("If-Unmodified-Since: 2026-07-01", "Holds")]
    [InlineData($"If-Match: \"a\"|If-Unmodified-Since: {Morning}", "Holds")] // the tag knows better
    // If-None-Match
    [InlineData("If-None-Match: \"a\"", "NotModified")]
    [InlineData("If-None-Match: W/\"a\"", "NotModified")]
    [InlineData("If-None-Match: *", "NotModified")]
    [InlineData("If-None-Match: \"b\"", "Holds")]
    [InlineData("If-None-Match: ", "Holds")]
    [InlineData($"If-None-Match: \"b\"|If-Modified-Since: {Later}", "Holds")] // the date is not asked
    [InlineData($"If-None-Match: \"a\"|If-Modified-Since: {Morning}", "NotModified")]
    [InlineData($"If-None-Match: nonsense|If-Modified-Since: {Later}", "Holds")]
    // If-Modified-Since
    [InlineData($"If-Modified-Since: {Noon}", "NotModified")]
    [InlineData($"If-Modified-Since: {Later}", "NotModified")]
    [InlineData("If-Modified-Since: Wednesday, 01-Jul-26 12:00:00 GMT", "NotModified")]
    [InlineData("If-Modified-Since: Wed Jul  1 12:00:00 2026", "NotModified")]
    [InlineData($"If-Modified-Since: {Morning}", "Holds")]
    [InlineData($"If-Modified-Since: {Tomorrow}", "Holds")] // nobody has seen tomorrow's version
    [InlineData("If-Modified-Since: Thu, 01 Jul 2026 12:00:00 GMT", "Holds")] // it was a Wednesday
    [InlineData("If-Modified-Since: Wed, 01 Jul 2026 12:00:00 CET", "Holds")]
    [InlineData("If-Modified-Since: 0", "Holds")]
    [InlineData("If-Modified-Since: ", "Holds")]
    [InlineData($"If-Modified-Since: {Noon}|If-Modified-Since: {Noon}", "Holds")]
    // in order
    [InlineData("If-Match: \"b\"|If-None-Match: \"a\"", "Failed")]
    [InlineData("If-Match: \"a\"|If-None-Match: \"a\"", "NotModified")]
    [InlineData($"If-Unmodified-Since: {Morning}|If-None-Match: \"a\"", "Failed")]
    [InlineData($"If-Unmodified-Since: {Noon}|If-Modified-Since: {Noon}", "NotModified")]
    public void Conditions_are_judged_in_order(string headers, string expected) =>
        Assert.Equal(expected, Preconditions.Judge(Request(headers), "\"a\"", Dates(isStrong: true), Now).ToString());

    [Theory]
    [InlineData($"If-Modified-Since: {Noon}", "Holds")]
    [InlineData($"If-Modified-Since: {Later}", "Holds")]
    [InlineData("If-None-Match: \"a\"", "NotModified")]
    [InlineData($"If-Unmodified-Since: {Morning}", "Failed")]
    public void A_second_that_was_not_over_makes_no_copy_good(string headers, string expected) =>
        Assert.Equal(expected, Preconditions.Judge(Request(headers), "\"a\"", Dates(isStrong: false), Now).ToString());

    [Theory]
    [InlineData($"If-Modified-Since: {Later}", "Holds")]
    [InlineData($"If-Unmodified-Since: {Morning}", "Holds")]
    [InlineData("If-None-Match: \"a\"", "NotModified")]
    public void What_has_no_date_is_judged_by_its_tag_alone(string headers, string expected) =>
        Assert.Equal(expected, Preconditions.Judge(Request(headers), "\"a\"", null, Now).ToString());

    [Theory]
    [InlineData("", true, true)]
    [InlineData("If-Range: \"a\"", true, true)]
    [InlineData($"If-Range: {Noon}", true, true)]
    [InlineData($"If-Range: {Noon}", false, false)] // a date that does not tell two versions apart
    [InlineData($"If-Range: {Later}", true, false)] // exactly, not "at least"
    [InlineData($"If-Range: {Morning}", true, false)]
    [InlineData("If-Range: W/\"a\"", true, false)]
    [InlineData("If-Range: \"b\"", true, false)]
    [InlineData("If-Range: \"a\", \"b\"", true, false)]
    [InlineData("If-Range: *", true, false)]
    [InlineData("If-Range: a", true, false)]
    [InlineData("If-Range: ", true, false)]
    [InlineData("If-Range: \"a\"|If-Range: \"a\"", true, false)]
    public void A_range_is_cut_out_of_the_version_that_is_meant(string headers, bool isStrong, bool expected) =>
        Assert.Equal(expected, Preconditions.AllowsRange(Request(headers), "\"a\"", Dates(isStrong)));

    private static FileDates Dates(bool isStrong) => new(Noon, Now.AddHours(-1), isStrong);

    private static IHeaderDictionary Request(string headers)
    {
        var request = new HeaderDictionary();
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = header.IndexOf(':');
            request[header[..colon]] = StringValues.Concat(request[header[..colon]], header[(colon + 1)..].Trim());
        }

        return request;
    }
}
