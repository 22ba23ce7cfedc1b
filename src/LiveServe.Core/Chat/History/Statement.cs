using Microsoft.Data.Sqlite;

namespace LiveServe.Chat.History;

/// <summary>An SQL statement, compiled when it is first run and kept. What varies is bound to <c>$1</c>, <c>$2</c>… and never written into it.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>A statement of a database.</summary>
    /// <param name="parameters">How many values it takes.</param>
    public Statement(SqliteConnection database, string sql, int parameters = 0)
    {
        _command = database.CreateCommand();
#pragma warning disable CA2100 // All callers pass constants: see the summary.
        _command.CommandText = sql;
#pragma warning restore CA2100
        for (var number = 1; number <= parameters; number++)
        {
            _command.Parameters.AddWithValue($"${number}", DBNull.Value);
        }
    }

    /// <summary>Runs it.</summary>
    public void Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _command.ExecuteNonQuery();
    }

    /// <summary>Its first row's first value; <see langword="null"/> when there is none.</summary>
    public object? Value(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>Its rows, each as <paramref name="read"/> makes it.</summary>
    public List<T> Rows<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
