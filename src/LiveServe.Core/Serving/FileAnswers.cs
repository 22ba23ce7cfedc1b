using System.Buffers;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Paths;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>
/// Answers with a file. What is known of an unchanged one is not read again: it is found unmodified without being read, and else sent from the
/// disk, or from the sources that open pages are made from.
/// </summary>
/// <param name="usage">Is told which version was sent.</param>
/// <param name="scan">Reads what else the file names.</param>
/// <param name="sources">Keeps what pages were made from.</param>
/// <param name="sheets">Puts versions into style sheets.</param>
internal sealed class FileAnswers(
    PageInjector injector, AnswerSender sender, UsageGraph usage, UsageScan scan, SourceStore sources, SheetVersions sheets)
{
    private const int Beginning = 64 * 1024;

    private readonly FactsCache _cache = new();

    /// <summary>Answers with <paramref name="status"/>.</summary>
    /// <param name="relative">The file's path, relative to the root.</param>
    /// <param name="seq">The newest batch of changes, asked for before the file was opened.</param>
    public Task SendAsync(HttpContext context, string relative, OpenFile file, int status, long seq)
    {
        context.Response.StatusCode = status;
        var target = context.Target()!;
        if (SheetVersions.Wanted(target, relative))
        {
            return SendReadAsync(context, relative, file, seq, target);
        }

        if (_cache.Find(relative, file.Stat) is { } known && ContentOf(context, file, known) is { } content)
        {
            NoteSent(context, known);
            return sender.SendAsync(context, file, known, content, seq);
        }

        return file.Stat.Length > FileBytes.WholeLimit ? SendLargeAsync(context, relative, file, seq) : SendReadAsync(context, relative, file, seq, null);
    }

    // Null when it must be read: a page cannot be patched later unless its source is kept now.
    private FileContent? ContentOf(HttpContext context, OpenFile file, FileFacts facts) =>
        facts.Hash == default || !injector.Injects(context.Request, facts) ? FileContent.Of(file)
        : sources.Find(facts.Hash) is { } source ? FileContent.Of(source.Bytes)
        : null;

    private async Task SendReadAsync(HttpContext context, string relative, OpenFile file, long seq, RequestTarget? sheet)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)file.Stat.Length + 1);
        try
        {
            ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, FileBytes.Read(file, buffer.AsSpan(0, (int)file.Stat.Length), 0));
            var facts = FileFacts.OfWhole(relative, file.Stat, bytes.Span, FileClock.Now);
            _cache.Keep(relative, facts, FileClock.Now);
            NoteSent(context, facts);
            if (injector.Injects(context.Request, facts))
            {
                sources.Keep(facts.Hash, facts.ContentType, bytes);
            }

            if (sheet is not null)
            {
                bytes = sheets.Stamp(bytes, sheet);
                var hash = ContentHash.Of(bytes.Span);
                facts = facts with { Hash = hash, Tag = $"\"{hash}\"", Dates = null }; // what is sent is what is tagged
            }

            await sender.SendAsync(context, file, facts, FileContent.Of(bytes), seq);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task SendLargeAsync(HttpContext context, string relative, OpenFile file, long seq)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Beginning);
        var length = FileBytes.Read(file, buffer.AsSpan(0, Beginning), 0);
        var facts = FileFacts.OfLarge(relative, file.Stat, buffer.AsSpan(0, length), FileClock.Now);
        ArrayPool<byte>.Shared.Return(buffer);
        _cache.Keep(relative, facts, FileClock.Now);
        return sender.SendAsync(context, file, facts, FileContent.Of(file), seq);
    }

    private void NoteSent(HttpContext context, FileFacts facts)
    {
        var path = context.Target()!.Path;
        if (context.Response.StatusCode == StatusCodes.Status200OK && facts.Hash != default && usage.Sent(path, facts.Hash))
        {
            scan.Add(path);
        }
    }
}
