using LiveServe.Content;
using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

public sealed class SourceStoreTests
{
    private const int Large = 16 * 1024 * 1024;

    [Fact]
    public void A_source_is_found_by_its_hash_and_is_a_copy()
    {
        var store = new SourceStore();
        var bytes = "<p>"u8.ToArray();
        var hash = ContentHash.Of(bytes);
        store.Keep(hash, "text/html", bytes);
        bytes[0] = 0;
        Assert.Equal("<p>"u8.ToArray(), store.Find(hash)!.Bytes.ToArray());
        Assert.Null(store.Find(ContentHash.Of("other"u8)));
        Assert.Null(store.Find(default));
    }

    [Fact]
    public void The_longest_unused_goes_first_when_memory_is_used_up()
    {
        var store = new SourceStore();
        for (byte i = 1; i <= 4; i++)
        {
            store.Keep(new Source(Name(i), "text/html", new byte[Large]));
        }

        Assert.NotNull(store.Find(Name(1)));
        store.Keep(new Source(Name(5), "text/html", new byte[Large]));
        Assert.NotNull(store.Find(Name(1)));
        Assert.Null(store.Find(Name(2)));
        Assert.NotNull(store.Find(Name(5)));
    }

    private static ContentHash Name(byte i) => ContentHash.Of([i]);
}
