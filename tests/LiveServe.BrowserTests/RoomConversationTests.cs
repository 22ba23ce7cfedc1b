using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>Reading: what is shown, in which order, and that nothing moves under the reader.</summary>
public sealed class RoomConversationTests(Chromium chromium)
{
    private const string Root = "document.querySelector('liveserve-chat').shadowRoot";

    [Fact]
    public async Task Older_messages_come_as_the_reader_goes_up_and_the_place_stays()
    {
        await using var site = await TestSite.StartAsync();
        await RawPerson.FillAsync(site, 120, i => $"line {i:000}");
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.SeesAsync("line 119");
        Assert.True(await AtEndAsync(ann));
        Assert.Equal(50, await ann.Log.Locator(".text").CountAsync());

        await ann.Page.EvaluateAsync($"() => {{ const log = {Root}.querySelector('.log'); log.scrollTop = 200; }}");
        await ann.SeesAsync("line 020");
        var place = await ann.Row("line 070").BoundingBoxAsync();
        Assert.InRange(place!.Y, -400, 800); // what was in sight still is
        await ann.ReadAllAsync();
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"line {i:000}"), await ann.Log.Locator(".text").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_message_that_comes_while_one_reads_above_moves_nothing_and_is_counted()
    {
        await using var site = await TestSite.StartAsync();
        await RawPerson.FillAsync(site, 60, i => $"line {i:000}");
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.SeesAsync("line 059");
        await ann.Page.EvaluateAsync($"() => {{ const log = {Root}.querySelector('.log'); log.scrollTop = log.scrollHeight / 2; }}");
        await ann.Page.WaitForFunctionAsync($"() => !{Root}.querySelector('.new-messages').hidden");
        var top = await TopAsync(ann);
        await RawPerson.FillAsync(site, 3, i => $"news {i}");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "3 new messages" }).WaitForAsync();
        Assert.Equal(top, await TopAsync(ann));
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "3 new messages" }).ClickAsync();
        Assert.True(await AtEndAsync(ann));
        await RawPerson.FillAsync(site, 1, _ => "and one more");
        await ann.SeesAsync("and one more");
        Assert.True(await AtEndAsync(ann)); // follows again
    }

    [Fact]
    public async Task However_long_it_goes_on_the_page_holds_no_more_than_it_shows()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await RawPerson.FillAsync(site, 450, i => $"line {i:000}");
        await ann.SeesAsync("line 449");
        Assert.InRange(await ann.Log.Locator(".entry").CountAsync(), 300, 400);
        while (await ann.Row("line 000").CountAsync() == 0)
        {
            await ann.GoUpAsync();
        }

        Assert.InRange(await ann.Log.Locator(".entry").CountAsync(), 300, 400);
        await RawPerson.FillAsync(site, 1, _ => "the newest");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "1 new message" }).ClickAsync();
        await ann.SeesAsync("the newest");
    }

    [Fact]
    public async Task Times_are_the_readers_own_and_the_exact_one_is_the_same_for_all()
    {
        await using var site = await TestSite.StartAsync();
        await using var east = await RoomPage.EnterAsync(chromium, site, "East", await chromium.NewProfileAsync(new() { TimezoneId = "Pacific/Kiritimati" }));
        await using var west = await RoomPage.EnterAsync(chromium, site, "West", await chromium.NewProfileAsync(new() { TimezoneId = "Pacific/Pago_Pago" }));
        await east.SayAsync("now");
        await west.SeesAsync("now");
        var (hers, his) = (east.Row("now").Locator("time"), west.Row("now").Locator("time"));
        Assert.Equal(await hers.GetAttributeAsync("title"), await his.GetAttributeAsync("title"));
        Assert.EndsWith("UTC", await his.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.NotEqual(await hers.EvaluateAsync<int>("time => new Date(time.dateTime).getHours()"), await his.EvaluateAsync<int>("time => new Date(time.dateTime).getHours()"));
        Assert.Equal("Today", await west.Log.Locator(".day").First.InnerTextAsync());
    }

    [Fact]
    public async Task Odd_letters_stay_what_they_are_and_within_their_message()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        string[] odd =
        [
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66 \ud83c\uddee\ud83c\uddf1 1\ufe0f\u20e3 \ud83d\udc4d\ud83c\udffd",
            "a" + string.Concat(Enumerable.Repeat("\u0301", 8)), new('x', 3900), "http://a.example/" + new string('y', 1900), "z" + string.Concat(Enumerable.Repeat("\u00a0z", 400)),
            "\u202egnp.txet", "a\u2028b\u2029c\ufffdd", "\u0645\u0631\u062d\u0628\u0627 hello 123\nhello \u05e9\u05dc\u05d5\u05dd", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0928\u092e\u0938\u094d\u0924\u0947 \u3053\u3093\u306b\u3061\u306f",
        ];
        using (var person = await RawPerson.EnterAsync(site, "\u05d0\u05d1\u05d2"))
        {
            foreach (var text in odd)
            {
                await person.SayAsync(text);
            }
        }

        await ann.Page.WaitForFunctionAsync($"() => {Root}.querySelectorAll('.text').length === {odd.Length}");
        Assert.Equal(odd, await ann.Log.Locator(".text").AllTextContentsAsync());
        Assert.True(await ann.Open.AskAsync<bool>($"() => (log => log.scrollWidth <= log.clientWidth && document.documentElement.scrollWidth <= innerWidth)({Root}.querySelector('.log'))"));
        Assert.True(await ann.Open.AskAsync<bool>($"() => [...{Root}.querySelectorAll('.bubble')].every(bubble => getComputedStyle(bubble).overflow === 'clip')"));

        // The name is written from right to left; the time still stands after it, in the line's own direction.
        Assert.True(await ann.Log.Locator(".meta").First.EvaluateAsync<bool>("meta => meta.querySelector('time').getBoundingClientRect().left > meta.querySelector('bdi').getBoundingClientRect().right"));
    }

    [Fact]
    public async Task Files_that_are_saved_are_one_line_between_the_messages()
    {
        await using var site = await TestSite.StartAsync(null, ("a.css", "a"), ("b.css", "b"), ("c.css", "c"));
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        foreach (var file in new[] { "a.css", "b.css", "c.css" })
        {
            site.Write(file, "p { color: red }");
            await ann.Page.WaitForFunctionAsync("file => [...document.querySelector('liveserve-chat').shadowRoot.querySelectorAll('.event.saved time')].some(time => time.title.includes(file))", file);
        }

        Assert.Equal(1, await ann.Log.Locator(".event.saved").CountAsync());
        Assert.Contains("saved, 2 more", await ann.Log.Locator(".event.saved").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static Task<bool> AtEndAsync(RoomPage room) => room.Open.AskAsync<bool>($"() => (log => log.scrollHeight - log.scrollTop - log.clientHeight < 2)({Root}.querySelector('.log'))");

    private static Task<double> TopAsync(RoomPage room) => room.Open.AskAsync<double>($"() => {Root}.querySelector('.log').scrollTop");
}
