public static final String ENCRYPTION_KEY = "{{random-token:3}}";
