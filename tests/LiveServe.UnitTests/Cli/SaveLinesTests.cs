using LiveServe.Cli;

namespace LiveServe.UnitTests.Cli;

/// <summary>What a person reads after each save.</summary>
public sealed class SaveLinesTests
{
    private readonly List<string> _lines = [];
    private readonly List<Action> _later = [];
    private readonly SaveLines _saves;

    public SaveLinesTests() => _saves = new SaveLines(_lines.Add, (_, action) => _later.Add(action));

    [Fact]
    public void A_save_that_no_page_uses_says_so_at_once()
    {
        _saves.Sent(Sent(0, "notes.txt"));
        Assert.Equal(["notes.txt   not used by any open page"], _lines);
        Assert.Empty(_later);
    }

    [Fact]
    public void A_save_is_told_when_all_its_pages_have_done_it()
    {
        _saves.Sent(Sent(2, "index.html"));
        _saves.Applied(Applied("patch", 9));
        Assert.Empty(_lines);
        _saves.Applied(Applied("patch", 12.4));
        Assert.Equal(["index.html   patched 2 pages, 16 ms"], _lines);
        _later.Single()();
        Assert.Single(_lines);
    }

    [Fact]
    public void A_reload_gives_its_reason_and_what_differs_between_pages_is_told_apart()
    {
        _saves.Sent(Sent(3, "a.css", "index.html"));
        _saves.Applied(Applied("reload", 1, "app.js is a script that changed"));
        _saves.Applied(Applied("patch", 2));
        _saves.Applied(Applied("ignored", 0, "prevented by the page"));
        Assert.Equal(["a.css, index.html   reloaded 1 page (app.js is a script that changed); patched 1 page; left alone in 1 page (prevented by the page), 6 ms"], _lines);
    }

    [Fact]
    public void A_page_that_sleeps_does_not_keep_the_line()
    {
        _saves.Sent(Sent(2, "a.css", "b.css", "c.css", "d.css"));
        _saves.Applied(Applied("swap", 1));
        _later.Single()();
        Assert.Equal(["a.css and 3 more   exchanged in 1 page; sent to 1 page without an answer yet, 5 ms"], _lines);
        _saves.Applied(Applied("swap", 900));
        Assert.Single(_lines);
    }

    [Fact]
    public void Clients_that_never_answer_are_not_waited_for()
    {
        _saves.Sent(Sent(0, "a.css") with { PlainClients = 2 });
        Assert.Equal(["a.css   told to 2 clients, 4 ms"], _lines);
    }

    private static UpdateSent Sent(int pages, params string[] files) => new(7, files, [], pages, 0, TimeSpan.FromMilliseconds(3.6));

    private static UpdateApplied Applied(string result, double ms, string? why = null) => new(7, "/", result, ms, why);
}
