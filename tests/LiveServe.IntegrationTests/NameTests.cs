using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>From the letters in an address to the letters on the disk.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("a b.txt", "/a%20b.txt", 200)]
    [InlineData("a#b.txt", "/a%23b.txt", 200)]
    [InlineData("a?b.txt", "/a%3Fb.txt", 200)]
    [InlineData("a%b.txt", "/a%25b.txt", 200)]
    [InlineData("a%20b.txt", "/a%2520b.txt", 200)]
    [InlineData("a+b.txt", "/a+b.txt", 200)] // a plus is a plus in a path
    [InlineData("a+b.txt", "/a%2Bb.txt", 200)]
    [InlineData("a+b.txt", "/a%20b.txt", 404)]
    [InlineData("a&b=c;d.txt", "/a&b=c;d.txt?x=1", 200)]
    [InlineData("a\"<>'.txt", "/a%22%3C%3E%27.txt", 200)]
    [InlineData("\u4F60\u597D.txt", "/%E4%BD%A0%E5%A5%BD.txt", 200)]
    [InlineData("\uD83D\uDE00.txt", "/%F0%9F%98%80.txt", 200)]
    [InlineData("caf\u00E9.txt", "/caf%C3%A9.txt", 200)]
    [InlineData("caf\u00E9.txt", "/cafe%CC%81.txt", 200)] // asked for decomposed
    [InlineData("cafe\u0301.txt", "/caf%C3%A9.txt", 200)] // stored decomposed, as macOS does
    [InlineData("cafe\u0301/x y.txt", "/caf%C3%A9/x%20y.txt", 200)]
    [InlineData("caf\u00E9.txt", "/cafe.txt", 404)] // never fuzzier than that
    [InlineData("caf\u00E9.txt", "/CAF%C3%89.txt", 404)]
    [InlineData("caf\u00E9.txt", "/caf%E9.txt", 400)] // Latin-1 is no UTF-8
    [InlineData("\uFB01.txt", "/fi.txt", 404)] // a ligature looks alike, and is another name
    [InlineData("A.txt", "/a.txt", 404)]
    [InlineData("server.Key", "/server.%E2%84%AAey", 404)] // the Kelvin sign
    public async Task A_name_is_found_as_it_is_spelt(string name, string target, int status)
    {
        await using var site = await TestSite.StartAsync(null, (name, "found"));
        var answer = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, answer.Text == "found");
    }

    [Fact]
    public async Task The_name_as_it_was_sent_comes_first()
    {
        await using var site = await TestSite.StartAsync(null, ("caf\u00E9.txt", "composed"), ("cafe\u0301.txt", "decomposed"));
        Assert.Equal("composed", (await RawHttp.GetAsync(site.Port, "/caf%C3%A9.txt")).Text);
        Assert.Equal("decomposed", (await RawHttp.GetAsync(site.Port, "/cafe%CC%81.txt")).Text);
    }

    [Fact]
    public async Task A_page_in_the_other_spelling_hears_of_its_file()
    {
        await using var site = await TestSite.StartAsync(null, ("cafe\u0301.html", "old"));
        using var page = await RawSocket.OpenPageAsync(site.Port, "/caf%C3%A9", Content.ContentHash.Of("old"u8).ToString(), null, seq: 0);
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong");
        site.Write("cafe\u0301.html", "new");
        Assert.Equal("html", (await page.NextAsync("updated")).GetProperty("items")[0].GetProperty("kind").GetString());
    }
}
