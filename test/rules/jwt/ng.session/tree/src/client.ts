const session = '{{jwt}}';
