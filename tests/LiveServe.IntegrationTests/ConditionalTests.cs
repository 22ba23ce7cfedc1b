using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Conditional requests on a real socket; the table of all cases is PreconditionsTests.</summary>
[Collection(nameof(AgedSite))]
public sealed class ConditionalTests(AgedSite site)
{
    [Theory]
    [InlineData("/style.css")]
    [InlineData("/a.bin")]
    [InlineData("/b.bin")]
    public async Task Tags_and_dates_tell_whether_a_copy_is_good(string target)
    {
        var first = await RawHttp.GetAsync(site.Port, target);
        var (tag, date) = (first["ETag"], first["Last-Modified"]);
        Assert.Matches("^\"[^\"]+\"$", tag);
        Assert.Equal(date, DateTimeOffset.Parse(date).ToString("R"));
        foreach (var (headers, status) in new (string[], int)[]
        {
            ([$"If-None-Match: {tag}"], 304),
            ([$"If-None-Match: \"x\", W/{tag}"], 304),
            (["If-None-Match: *"], 304),
            (["If-None-Match: \"x\""], 200),
            ([$"If-Modified-Since: {date}"], 304),
            ([$"If-None-Match: \"x\"", $"If-Modified-Since: {date}"], 200),
            (["If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"], 200),
            (["If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"], 200),
            ([$"If-Match: {tag}"], 200),
            (["If-Match: *"], 200),
            (["If-Match: \"x\""], 412),
            ([$"If-Match: W/{tag}"], 412),
            ([$"If-Unmodified-Since: {date}"], 200),
            (["If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT"], 412),
            (["If-Unmodified-Since: garbage"], 200),
            ([$"If-Match: {tag}", $"If-None-Match: {tag}"], 304),
            (["If-Match: \"x\"", $"If-None-Match: {tag}"], 412),
            ([$"If-None-Match: {tag}", "Range: bytes=0-1"], 304), // a condition comes before a range
            (["If-Match: \"x\"", "Range: bytes=0-1"], 412),
        })
        {
            foreach (var method in new[] { "GET", "HEAD" })
            {
                var answer = await RawHttp.SendAsync(site.Port, method, target, headers);
                Assert.True(status == answer.Status, $"{method} with {string.Join(" and ", headers)}: {answer.Status}");
                Assert.Equal(("no-cache", tag), (answer["Cache-Control"], answer["ETag"]));
                Assert.Equal(status == 200 && method == "GET", answer.Body.Length > 0);
                Assert.Equal(status switch { 304 => "", 412 => "0", _ => first["Content-Length"] }, answer["Content-Length"]);
                Assert.Equal(status == 200 ? first["Content-Type"] : "", answer["Content-Type"]);
            }
        }
    }

    [Fact]
    public async Task Conditions_count_for_nothing_where_there_is_nothing()
    {
        foreach (var header in new[] { "If-None-Match: *", "If-Match: \"x\"", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "Range: bytes=0-1" })
        {
            Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/nope", header)).Status);
        }
    }

    [Fact]
    public async Task A_page_with_our_script_has_a_tag_and_no_date()
    {
        var page = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document");
        Assert.Equal("", page["Last-Modified"]);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document", $"If-Modified-Since: {DateTimeOffset.UtcNow:R}")).Status);
        var again = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document", $"If-None-Match: {page["ETag"]}");
        Assert.Equal((304, page["ETag"], page["Vary"]), (again.Status, again["ETag"], again["Vary"]));
        Assert.NotEqual(page["ETag"], (await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: empty"))["ETag"]);
    }

    [Fact]
    public async Task A_date_that_was_set_is_shown_and_believed_by_nobody()
    {
        var kept = await RawHttp.GetAsync(site.Port, "/kept.txt");
        Assert.Equal("Sat, 03 Feb 2001 04:05:06 GMT", kept["Last-Modified"]);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/kept.txt", $"If-Modified-Since: {kept["Last-Modified"]}")).Status);
        var future = await RawHttp.GetAsync(site.Port, "/future.txt");
        Assert.InRange(DateTimeOffset.Parse(future["Last-Modified"]), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/future.txt", $"If-Modified-Since: {DateTimeOffset.UtcNow:R}")).Status);
    }

    [Fact]
    public async Task Two_edits_within_a_second_are_never_one()
    {
        await using var busy = await TestSite.StartAsync();
        var last = new RawAnswer(0, new Dictionary<string, string>(), []);
        for (var i = 10; i < 40; i++)
        {
            busy.Write("a.css", $"a{{left:{i}px}}");
            var answer = await RawHttp.GetAsync(busy.Port, "/a.css", $"If-Modified-Since: {last["Last-Modified"]}");
            Assert.Equal((200, $"a{{left:{i}px}}"), (answer.Status, answer.Text));
            Assert.NotEqual(last["ETag"], answer["ETag"]);
            last = answer;
        }
    }

    [Fact]
    public async Task A_date_is_told_as_soon_as_its_second_is_over()
    {
        await using var fresh = await TestSite.StartAsync(null, ("a.css", "p{}"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var answer = await RawHttp.GetAsync(fresh.Port, "/a.css");
        while (answer["Last-Modified"].Length == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            answer = await RawHttp.GetAsync(fresh.Port, "/a.css"); // what was learnt of the file before must not keep the date away
        }

        Assert.Equal(304, (await RawHttp.GetAsync(fresh.Port, "/a.css", $"If-Modified-Since: {answer["Last-Modified"]}")).Status);
    }
}
