using LiveServe.Chat;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

public sealed class MarkdownPageTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 8, 0, 3, TimeSpan.Zero);

    [Fact]
    public void A_conversation_has_days_names_and_times()
    {
        var page = new MarkdownPage();
        var text = page.Next(Said("hello,\nworld\n\nagain")) + page.Next(Said("next") with { At = At.AddDays(1), Page = "/a_b", Edited = At });
        Assert.Equal(
            """
            # 2026-11-25

            **Ann** (7Q), 08:00:03 UTC

            > hello,\
            > world
            >
            > again

            # 2026-11-26

            **Ann** (7Q), 08:00:03 UTC, /a\_b, edited

            > next

            """, text, ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", @"> \<script\>alert\(1\)\</script\>")]
    [InlineData("&lt;b&gt;", @"> \&lt;b\&gt;")]
    [InlineData("[a](javascript:alert(1))", @"> \[a\]\(javascript:alert\(1\)\)")]
    [InlineData("![a](x)", @"> \!\[a\]\(x\)")]
    [InlineData("# a", @"> \# a")]
    [InlineData("- a", @"> \- a")]
    [InlineData("12. a", @"> 12\. a")]
    [InlineData("1) a", @"> 1\) a")]
    [InlineData("    code", "> code")]
    [InlineData("a\n===", "> a\\\n> \\=\\=\\=")]
    [InlineData("```js", @"> \`\`\`js")]
    [InlineData(@"\", @"> \\")]
    [InlineData("|a|\n|-|", "> \\|a\\|\\\n> \\|\\-\\|")]
    [InlineData("see https://example.org/a.html?b", "> see https://example.org/a.html?b")]
    [InlineData("a\u0000\u2028b \u05d0", "> a\u0000\u2028b \u05d0")]
    public void What_was_written_shows_as_it_was_written(string body, string quoted) => Assert.EndsWith($"\n\n{quoted}\n", new MarkdownPage().Next(Said(body)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", "cs", "```cs\na\n```\n")]
    [InlineData("```\n<b>", null, "````\n```\n<b>\n````\n")]
    [InlineData("`````", "c++ \n<x>", "``````c++x\n`````\n``````\n")]
    public void Code_stands_in_a_fence_that_it_cannot_end(string body, string? lang, string fenced) =>
        Assert.EndsWith($"\n\n{fenced}", new MarkdownPage().Next(Said(body) with { Format = "code", Lang = lang }), StringComparison.Ordinal);

    [Fact]
    public void Names_are_text_too_and_what_was_deleted_says_so()
    {
        var text = new MarkdownPage().Next(Said("") with { From = new("u1", "**<b>\nx**", "7Q"), Deleted = At });
        Assert.Contains(@"**\*\*\<b\> x\*\*** (7Q)", text, StringComparison.Ordinal);
        Assert.EndsWith("\n\n> *deleted*\n", text, StringComparison.Ordinal);
    }

    private static ChatMessage Said(string body) => new(1, "e-1", new("u1", "Ann", "7Q"), body, "text", null, null, null, null, null, At);
}
