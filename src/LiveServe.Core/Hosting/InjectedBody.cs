using System.IO.Pipelines;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Injection;
using LiveServe.Proxying;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Hosting;

/// <summary>
/// The body of an app's answer to a navigation. 1 With the first byte it is decided whether it is a page; 2 its beginning is held back until its head
/// has ended; 3 when the headers are about to leave, and everybody has set theirs, the script is put in; 4 everything else passes. Until 3 nothing
/// has left, so an error handler may still begin anew.
/// </summary>
/// <param name="acceptEncoding">What the browser takes: the app was asked for unpacked pages, and who packs outside of us may go by it.</param>
/// <param name="sourceOf">Keeps the bytes of a file that the page consists of, and gives their hash; none when it is no file of the web root.</param>
internal sealed class InjectedBody(
    HttpContext context, IHttpResponseBodyFeature inner, PassingPage page, StringValues acceptEncoding, Func<ReadOnlyMemory<byte>, ContentHash> sourceOf)
    : PassingStream(inner.Stream), IHttpResponseBodyFeature
{
    private readonly MemoryStream _beginning = new();
    private Step _step;
    private MarkupKind _kind;
    private ContentHash _doc;
    private bool _hasEnded;
    private List<ReadOnlyMemory<byte>>? _pieces;
    private PipeWriter? _writer;

    private enum Step
    {
        Undecided,
        Collecting,
        Passing,
        Abandoned,
    }

    /// <inheritdoc/>
    public Stream Stream => this;

    /// <inheritdoc/>
    public PipeWriter Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    /// <summary>Whether it can be begun anew, by <see cref="SetLength"/>.</summary>
    public override bool CanSeek => _step == Step.Collecting;

    /// <inheritdoc/>
    public override long Position
    {
        get => _beginning.Length;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override long Length => _beginning.Length;

    private ReadOnlyMemory<byte> Beginning => _beginning.GetBuffer().AsMemory(0, (int)_beginning.Length);

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        if (value != 0 || !CanSeek)
        {
            throw new NotSupportedException();
        }

        _beginning.SetLength(0);
        (_step, _doc, _writer) = (Step.Undecided, default, null); // what an error handler writes may be no page
    }

    /// <inheritdoc/>
    public void DisableBuffering() => inner.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Decide();
        return _step == Step.Collecting ? Task.CompletedTask : inner.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        await FinishAsync();
        await inner.CompleteAsync();
    }

    /// <summary>The app has written all it had to.</summary>
    public async Task FinishAsync()
    {
        if (_writer is { UnflushedBytes: > 0 })
        {
            await _writer.FlushAsync(context.RequestAborted);
        }

        if (_step == Step.Collecting)
        {
            _hasEnded = true;
            await EmitAsync(context.RequestAborted);
        }
    }

    /// <summary>The app has failed. What was held back is dropped, and what others answer instead is theirs.</summary>
    public void Abandon() => _step = Step.Abandoned;

    /// <summary>The headers are about to leave.</summary>
    public Task DescribeAsync() // 3
    {
        var headers = context.Response.Headers;
        if (_step == Step.Collecting)
        {
            _pieces = page.Pieces(context, Beginning, _hasEnded || InsertionPoint.IsCertain(Beginning.Span, _kind), _kind, _doc);
            if (_pieces is not null)
            {
                page.Describe(headers, headers.ContentLength + _pieces.Sum(piece => (long)piece.Length) - Beginning.Length);
            }
        }
        else if (_step != Step.Abandoned)
        {
            page.DescribeBodiless(context);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        Decide();
        if (_step != Step.Collecting)
        {
            await inner.SendFileAsync(path, offset, count, cancellationToken);
            return;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: true);
        var left = count ?? file.Length - offset;
        if (offset == 0 && _beginning.Length == 0 && left <= FileBytes.WholeLimit)
        {
            var bytes = new byte[left];
            var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            _doc = sourceOf(bytes.AsMemory(0, read));
            await WriteAsync(bytes.AsMemory(0, read), cancellationToken);
            return;
        }

        file.Position = offset;
        var buffer = new byte[PassingPage.LongestHead];
        while (left > 0 && await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken) is > 0 and var read)
        {
            await WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Decide();
        if (_step == Step.Collecting) // 2
        {
            var taken = buffer[..(int)Math.Min(buffer.Length, PassingPage.LongestHead - _beginning.Length)];
            _beginning.Write(taken.Span);
            if (_beginning.Length < PassingPage.LongestHead && !PassingPage.IsEnough(Beginning.Span, _kind))
            {
                return;
            }

            await EmitAsync(cancellationToken);
            buffer = buffer[taken.Length..];
        }

        if (!buffer.IsEmpty)
        {
            await Inner.WriteAsync(buffer, cancellationToken); // 4
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Decide();
        if (_step == Step.Collecting)
        {
            WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
        }
        else
        {
            Inner.Write(buffer, offset, count); // the server says whether this is allowed
        }
    }

    /// <inheritdoc/>
    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    /// <inheritdoc/>
    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    /// <summary>Sends what was written. A head that has not ended waits for its end: a browser shows nothing before that.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Decide();
        return _step == Step.Collecting ? Task.CompletedTask : Inner.FlushAsync(cancellationToken);
    }

    /// <summary>The same.</summary>
    public override void Flush()
    {
        Decide();
        if (_step != Step.Collecting)
        {
            Inner.Flush();
        }
    }

    private void Decide() // 1
    {
        if (_step != Step.Undecided)
        {
            return;
        }

        _step = Step.Passing;
        context.Request.Headers.AcceptEncoding = acceptEncoding;
        if (HttpMethods.IsHead(context.Request.Method) || context.Response.HasStarted || PassingPage.KindOf(context) is not { } kind)
        {
            return;
        }

        var coding = context.Response.Headers.ContentEncoding.ToString();
        if (coding.Length > 0 && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            page.RefuseCoding(context, coding, "Call UseLiveServe before what packs answers, or have pages sent unpacked in development.");
            return;
        }

        (_step, _kind) = (Step.Collecting, kind);
    }

    private async ValueTask EmitAsync(CancellationToken stop)
    {
        await inner.StartAsync(stop);
        _step = Step.Passing;
        foreach (var piece in _pieces ?? [Beginning])
        {
            await Inner.WriteAsync(piece, stop);
        }

        await _beginning.DisposeAsync();
    }
}
