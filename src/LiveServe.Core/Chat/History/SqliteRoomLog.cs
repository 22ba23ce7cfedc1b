using System.Text;
using System.Text.Json;
using LiveServe.Protocol;
using Microsoft.Data.Sqlite;

namespace LiveServe.Chat.History;

/// <summary>The room's log in an SQLite database: the protocol's own objects, by number.</summary>
internal sealed class SqliteRoomLog : IRoomLog
{
    // Dropped in batches, so that no message waits long for it.
    private const int Batch = 500;
    private const int KeptPeople = 10_000;

    private readonly SqliteConnection _database;
    private readonly int _most;
    private readonly TimeSpan _age;
    private readonly List<Statement> _statements = [];
    private readonly Statement _begin, _commit, _rollback;
    private readonly Statement _insert, _replace, _emptyEdits, _since, _before, _after, _bySeq, _byCid;
    private readonly Statement _atOf, _firstSince, _drop, _setOldest, _clear, _newEpoch;
    private readonly Statement _person, _remember, _dropPeople;
    private long? _oldestAt;
    private int _remembered;

    /// <summary>Reads where the log stands, and drops what is too old.</summary>
    /// <param name="database">Of this version; this object's from now on.</param>
    /// <param name="epoch">The epoch, if the database has none yet.</param>
    /// <param name="most">How many entries are kept; they are dropped in batches, so up to a twentieth more.</param>
    /// <param name="age">What is older than the newest entry, or than <paramref name="now"/>, by more than this is dropped.</param>
    public SqliteRoomLog(SqliteConnection database, string epoch, DateTimeOffset now, int most, TimeSpan age)
    {
        (_database, _most, _age) = (database, most, age);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _insert = Prepare("INSERT INTO message (seq, at, user, cid, is_change, json) VALUES ($1, $2, $3, $4, $5, $6)", 6);
        _replace = Prepare("UPDATE message SET json = $2 WHERE seq = $1", 2);
        _emptyEdits = Prepare("UPDATE message SET json = json_set(json, '$.body', '') WHERE seq > $1 AND is_change AND json ->> '$.type' = 'edited' AND json ->> '$.target' = $2", 2);
        _since = Prepare("SELECT json FROM message WHERE seq > $1 ORDER BY seq", 1);
        _before = Prepare("SELECT json FROM message WHERE seq < $1 AND NOT is_change ORDER BY seq DESC LIMIT $2", 2);
        _after = Prepare("SELECT json FROM message WHERE seq > $1 AND NOT is_change ORDER BY seq LIMIT $2", 2);
        _bySeq = Prepare("SELECT json FROM message WHERE seq = $1 AND NOT is_change", 1);
        _byCid = Prepare("SELECT json FROM message WHERE user = $1 AND cid = $2", 2);
        _atOf = Prepare("SELECT at FROM message WHERE seq = $1", 1);
        _firstSince = Prepare("SELECT seq FROM message WHERE at >= $1 ORDER BY seq LIMIT 1", 1);
        _drop = Prepare("DELETE FROM message WHERE seq < $1", 1);
        _setOldest = Prepare("UPDATE room SET oldest = $1", 1);
        _clear = Prepare("DELETE FROM message");
        _newEpoch = Prepare("UPDATE room SET epoch = $1, oldest = 1", 1);
        _person = Prepare("SELECT user, name, tag FROM person WHERE secret = $1", 1);
        _remember = Prepare(
            "INSERT INTO person (secret, user, name, tag, seen) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (secret) DO UPDATE SET user = $2, name = $3, tag = $4, seen = $5", 5);
        _dropPeople = Prepare("DELETE FROM person WHERE secret IN (SELECT secret FROM person ORDER BY seen DESC LIMIT -1 OFFSET $1)", 1);

        Once("INSERT INTO room (epoch, oldest) SELECT $1, 1 WHERE NOT EXISTS (SELECT * FROM room)", epoch);
        Epoch = (string)Once("SELECT epoch FROM room")!;
        Oldest = (long)Once("SELECT oldest FROM room")!;
        Head = (long?)Once("SELECT max(seq) FROM message") ?? (Oldest - 1);
        Trim(now);
    }

    /// <inheritdoc/>
    public string Epoch { get; private set; }

    /// <inheritdoc/>
    public long Head { get; private set; }

    /// <inheritdoc/>
    public long Oldest { get; private set; }

    /// <inheritdoc/>
    public void Append(RoomMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(message.Seq, Head + 1);
        Write(() =>
        {
            _insert.Run(message.Seq, message.At.ToUnixTimeMilliseconds(), RoomEntries.SenderOf(message), message.Cid, message is ChatMessage ? 0 : 1, Json(message));
            Apply(message);
        });
        Head = message.Seq;
        Trim(message.At);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RoomMessage>? Since(long after) =>
        after < Oldest - 1 || after > Head ? null : after == Head ? [] : _since.Rows(Message<RoomMessage>, after);

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more)
    {
        more = false;
        if (before <= Oldest && Oldest > 1)
        {
            return null;
        }

        var found = _before.Rows(Message<ChatMessage>, before, limit + 1);
        more = Cut(found, limit);
        found.Reverse();
        return found;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more)
    {
        more = false;
        if (after < Oldest - 1)
        {
            return null;
        }

        var found = _after.Rows(Message<ChatMessage>, after, limit + 1);
        more = Cut(found, limit);
        return found;
    }

    /// <inheritdoc/>
    public ChatMessage? Find(string id) =>
        id.StartsWith(Epoch + "-", StringComparison.Ordinal) && long.TryParse(id.AsSpan(Epoch.Length + 1), System.Globalization.NumberStyles.None, null, out var seq)
            ? _bySeq.Rows(Message<ChatMessage>, seq).Find(message => message.Id == id)
            : null;

    /// <inheritdoc/>
    public RoomMessage? Find(string user, string cid) => _byCid.Rows(Message<RoomMessage>, user, cid).FirstOrDefault();

    /// <inheritdoc/>
    public Author? Person(string key) =>
        _person.Rows(row => new Author(row.GetString(0), row.GetString(1), row.GetString(2)), RoomEntries.HashOf(key)).FirstOrDefault();

    /// <inheritdoc/>
    public void Remember(string key, Author person)
    {
        _remember.Run(RoomEntries.HashOf(key), person.User, person.Name, person.Tag, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        if (_remembered++ % Batch == 0)
        {
            _dropPeople.Run(KeptPeople);
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        var epoch = RoomEntries.NewEpoch();
        Write(() =>
        {
            _clear.Run();
            _newEpoch.Run(epoch);
        });
        (Epoch, Head, Oldest, _oldestAt) = (epoch, 0, 1, null);
        try
        {
            Once("PRAGMA wal_checkpoint(TRUNCATE)"); // the write-ahead log still has the text
        }
        catch (SqliteException)
        {
            // It is overwritten later.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        _database.Dispose();
    }

    private Statement Prepare(string sql, int parameters = 0)
    {
        var statement = new Statement(_database, sql, parameters);
        _statements.Add(statement);
        return statement;
    }

    private object? Once(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = new Statement(_database, sql, values.Length);
        return statement.Value(values);
    }

    // All of it, or nothing.
    private void Write(Action write)
    {
        try
        {
            _begin.Run();
            write();
            _commit.Run();
        }
        catch (Exception failure)
        {
            try
            {
                _rollback.Run();
            }
            catch (SqliteException)
            {
                // Nothing was begun, or it was rolled back already.
            }

            if (failure is SqliteException problem && !HistoryFile.IsDamage(problem))
            {
                throw new RoomLogException(problem.Message, problem);
            }

            throw;
        }
    }

    private void Apply(RoomMessage change)
    {
        switch (change)
        {
            case EditedMessage edited when Find(edited.Target) is { Deleted: null } chat:
                _replace.Run(chat.Seq, Json(chat with { Body = edited.Body, Edited = edited.At }));
                break;
            case DeletedMessage deleted when Find(deleted.Target) is { } chat:
                _replace.Run(chat.Seq, Json(chat with { Body = "", Deleted = deleted.At }));
                _emptyEdits.Run(chat.Seq, deleted.Target); // what is deleted is gone, its earlier forms too
                break;
        }
    }

    // From the oldest on without a gap. What cannot be dropped now is dropped later: no message is refused for it.
    private void Trim(DateTimeOffset now)
    {
        try
        {
            if (Head - Oldest + 1 > _most + (_most / 20))
            {
                DropBefore(Head - _most + 1);
            }

            _oldestAt ??= (long?)_atOf.Value(Oldest);
            var limit = (now - _age).ToUnixTimeMilliseconds();
            if (_oldestAt < limit)
            {
                DropBefore((long?)_firstSince.Value(limit) ?? (Head + 1));
            }
        }
        catch (RoomLogException)
        {
            // The disk is full, for one. The next message tries it again.
        }
    }

    private void DropBefore(long end)
    {
        while (Oldest < end)
        {
            var oldest = Math.Min(Oldest + Batch, end);
            Write(() =>
            {
                _drop.Run(oldest);
                _setOldest.Run(oldest);
            });
            (Oldest, _oldestAt) = (oldest, null);
        }
    }

    private static bool Cut<T>(List<T> found, int limit)
    {
        if (found.Count <= limit)
        {
            return false;
        }

        found.RemoveRange(limit, found.Count - limit);
        return true;
    }

    private static string Json(RoomMessage message) => Encoding.UTF8.GetString(Wire.Serialize(message));

    private static T Message<T>(SqliteDataReader row)
        where T : RoomMessage => JsonSerializer.Deserialize(row.GetString(0), WireContext.Default.ServerMessage) as T ?? throw new JsonException("It is no message of a room.");
}
